import { inTenant } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import { tenantOfCheckout } from "../checkout-tenant.ts";

type Page = { id: string; token: string };

/** Whose page a customer sees who paid this. A wrong token leads where it says, not further. */
export async function pageOfCheckout(paid: Page): Promise<Page> {
  const tenantId = await tenantOfCheckout(paid.id).catch(() => null);
  if (tenantId === null) return paid;
  return inTenant(tenantId, async (tx) => {
    const rest = await tx
      .selectFrom("booking_rest as r")
      .innerJoin("checkout as own", (join) => join.onRef("own.tenant_id", "=", "r.tenant_id").onRef("own.id", "=", "r.id"))
      .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "r.tenant_id").onRef("k.id", "=", "r.booking_id"))
      .select(["own.token as restToken", "k.id", "k.token"])
      .where("r.id", "=", paid.id)
      .executeTakeFirst();
    if (!rest || !isSameText(rest.restToken, paid.token)) return paid;
    return { id: rest.id, token: rest.token };
  });
}

/** The booking whose rest has this id. */
export async function bookingOfPart(tenantId: string, id: string): Promise<string | null> {
  const rest = await inTenant(tenantId, (tx) => tx.selectFrom("booking_rest").select("booking_id").where("id", "=", id).executeTakeFirst());
  return rest?.booking_id ?? null;
}
