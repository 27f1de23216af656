import { inTenant, type Tx } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import { tenantOfCheckout } from "../checkout-tenant.ts";

type Page = { id: string; token: string };

/** Where a customer sees what they paid. A wrong token leads where it says, not further. */
export async function addressOfCheckout(paid: Page): Promise<string> {
  const tenantId = await tenantOfCheckout(paid.id).catch(() => null);
  if (tenantId === null) return bookingPage(paid);
  return inTenant(tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").select("kind").where("id", "=", paid.id).executeTakeFirst();
    return checkout?.kind === "order" ? orderPage(paid) : bookingPage(await wholeOf(tx, paid));
  });
}

/** Of what is left of a booking, the booking. */
async function wholeOf(tx: Tx, paid: Page): Promise<Page> {
  const rest = await tx
    .selectFrom("booking_rest as r")
    .innerJoin("checkout as own", (join) => join.onRef("own.tenant_id", "=", "r.tenant_id").onRef("own.id", "=", "r.id"))
    .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "r.tenant_id").onRef("k.id", "=", "r.booking_id"))
    .select(["own.token as restToken", "k.id", "k.token"])
    .where("r.id", "=", paid.id)
    .executeTakeFirst();
  if (!rest || !isSameText(rest.restToken, paid.token)) return paid;
  return { id: rest.id, token: rest.token };
}

const bookingPage = ({ id, token }: Page) => `/book/${encodeURIComponent(id)}/confirm?token=${encodeURIComponent(token)}`;
const orderPage = ({ id, token }: Page) => `/order/confirmed/${encodeURIComponent(id)}?token=${encodeURIComponent(token)}`;

/** The booking whose rest has this id. */
export async function bookingOfPart(tenantId: string, id: string): Promise<string | null> {
  const rest = await inTenant(tenantId, (tx) => tx.selectFrom("booking_rest").select("booking_id").where("id", "=", id).executeTakeFirst());
  return rest?.booking_id ?? null;
}
