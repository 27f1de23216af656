import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { isServedHere } from "#platform/served-tenant.ts";
import { tenantOfCheckout } from "../checkout-tenant.ts";
import type { OrderLineRow, OrderSessionRow } from "./sold-session.ts";

export type OwnSession = { checkout: CheckoutRow; session: OrderSessionRow; lines: OrderLineRow[] };

/** Refuses: order_unknown, for an unknown id, a wrong token and another kind of checkout. */
export async function ownOrderSession({ orderId, token }: { orderId: string; token: string }): Promise<OwnSession> {
  const tenantId = await tenantOfCheckout(orderId).catch((error: unknown) => {
    throw error instanceof Refusal ? new Refusal("order_unknown") : error;
  });
  if (!isServedHere(tenantId)) throw new Refusal("order_unknown");
  return inTenant(tenantId, async (tx) => {
    const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", orderId).where("kind", "=", "order").executeTakeFirst();
    const session = await tx.selectFrom("order_session").selectAll().where("id", "=", orderId).executeTakeFirst();
    if (!checkout || !session || !isSameText(checkout.token, token)) throw new Refusal("order_unknown");
    const lines = await tx.selectFrom("order_line").selectAll().where("order_id", "=", orderId).orderBy("place").execute();
    return { checkout, session, lines };
  });
}
