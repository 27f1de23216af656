import type { Caller } from "#contracts/caller.ts";
import type { CheckoutAnswer } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import { sessionHash } from "#queries/session-hash.ts";
import { askingIfTaken } from "../claims/slot-claims.ts";
import { requireWelcome } from "../customers/require-welcome.ts";
import { checkoutAnswer } from "../payments/checkout-answer.ts";
import { openPayment } from "../payments/open-payment.ts";
import { kindOf } from "./kinds.ts";

type Retry = { caller: Caller; input: { checkoutId: string; token: string | null; provider: string | undefined } };

/**
 * Opens a new payment with a new reference while the hold lives; the end does not move. Proof is
 * the token or the session. Refuses: checkout_unknown, already_paid, checkout_closed, slot_taken,
 * customer_blocked, and as openPayment and checkoutAnswer do.
 */
export async function retryPayment({ caller, input }: Retry): Promise<CheckoutAnswer> {
  const tenantId = await tenantOfCheckout(input.checkoutId);
  const open = async (tx: Tx) => {
    const checkout = await openCheckout(tx, { caller, input });
    await requireWelcome(tx, { caller, customer: { email: checkout.customer_email, phone: checkout.customer_phone } });
    await kindOf(checkout).requireAvailable(tx, checkout);
    const { name: description } = await tx.selectFrom("tenant").select("name").executeTakeFirstOrThrow();
    const payment = await openPayment(tx, { checkout, provider: input.provider, now: new Date(databaseNow()) });
    return { checkout, payment, description };
  };
  return checkoutAnswer(await askingIfTaken(() => inTenant(tenantId, open)));
}

/** Locks the row. A wrong token or session gets the same answer as an unknown id. */
async function openCheckout(tx: Tx, { caller, input }: Retry): Promise<CheckoutRow> {
  const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", input.checkoutId).forUpdate().executeTakeFirst();
  if (!checkout || !isOwn(checkout, { caller, input })) throw new Refusal("checkout_unknown");
  if (isPaid(checkout.status)) throw new Refusal("already_paid");
  if (checkout.status !== "pending" || checkout.ends_at.getTime() <= databaseNow()) throw new Refusal("checkout_closed");
  return checkout;
}

function isOwn(checkout: CheckoutRow, { caller, input }: Retry): boolean {
  if (input.token !== null) return isSameText(checkout.token, input.token);
  return caller.kind === "customer" && caller.session !== null && isSameText(checkout.session, sessionHash(caller.session));
}
