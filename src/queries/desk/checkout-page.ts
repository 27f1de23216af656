import { inTenant } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import { tenantOfCheckout } from "../checkout-tenant.ts";

type Page = { id: string; token: string };
/** `kind`: of what is shown there. */
type PageOfKind = Page & { kind: string };

/** Whose page a customer sees who paid this. A wrong token leads where it says, not further. */
export async function pageOfCheckout(paid: Page): Promise<PageOfKind> {
  const tenantId = await tenantOfCheckout(paid.id).catch(() => null);
  if (tenantId === null) return { ...paid, kind: "booking" };
  return inTenant(tenantId, async (tx) => {
    const own = await tx.selectFrom("checkout").select(["kind", "token"]).where("id", "=", paid.id).executeTakeFirst();
    if (own?.kind !== "rest" || !isSameText(own.token, paid.token)) return { ...paid, kind: own?.kind ?? "booking" };
    return tx
      .selectFrom("booking_rest as r")
      .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "r.tenant_id").onRef("k.id", "=", "r.booking_id"))
      .select(["k.id", "k.token", "k.kind"])
      .where("r.id", "=", paid.id)
      .executeTakeFirstOrThrow();
  });
}

/** The booking whose rest has this id. */
export async function bookingOfPart(tenantId: string, id: string): Promise<string | null> {
  const rest = await inTenant(tenantId, (tx) => tx.selectFrom("booking_rest").select("booking_id").where("id", "=", id).executeTakeFirst());
  return rest?.booking_id ?? null;
}

/** Lists of money name what was paid: whether that is an order. */
export async function isOrder(tenantId: string, id: string): Promise<boolean> {
  const found = await inTenant(tenantId, (tx) => tx.selectFrom("shop_order").select("id").where("id", "=", id).executeTakeFirst());
  return found !== undefined;
}
