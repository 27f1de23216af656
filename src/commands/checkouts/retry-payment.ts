import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { CheckoutAnswer } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { CustomerDocument } from "#domain/payment-provider.ts";
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
import type { Chosen } from "../payments/payment-connection.ts";
import { kindOf } from "./kinds.ts";

type Retry = {
  caller: Caller;
  input: Chosen & {
    checkoutId: string;
    token: string | null;
    document?: CustomerDocument | undefined;
    acceptedTerms?: boolean | undefined;
    sessionToken?: string | undefined;
  };
};

/**
 * Opens a new payment with a new reference while the hold lives; the end does not move. Proof is
 * the token or the session. Where the merchant asked for the money, the first payment accepts the
 * terms. Refuses: checkout_unknown, already_paid, checkout_closed, terms_not_accepted, slot_taken,
 * customer_blocked, and as openPayment and checkoutAnswer do.
 */
export async function retryPayment({ caller, input }: Retry): Promise<CheckoutAnswer> {
  const tenantId = await tenantOfCheckout(input.checkoutId);
  const open = async (tx: Tx) => {
    const checkout = await openCheckout(tx, { caller, input });
    if (await wasBegunOnline(tx, checkout))
      await requireWelcome(tx, { caller, customer: { email: checkout.customer_email, phone: checkout.customer_phone } });
    await keepAcceptance(tx, checkout, input.acceptedTerms === true);
    await kindOf(checkout).requireAvailable(tx, checkout);
    const { name: description } = await tx.selectFrom("tenant").select("name").executeTakeFirstOrThrow();
    const payment = await openPayment(tx, {
      checkout,
      provider: input.provider,
      connectionId: input.connectionId,
      hasDocument: input.document !== undefined,
      now: new Date(databaseNow()),
    });
    return { checkout, payment, description, document: input.document ?? null, sessionToken: input.sessionToken ?? null };
  };
  const answer = await checkoutAnswer(await askingIfTaken(() => inTenant(tenantId, open)));
  // Whoever pays what is left knows the purchase by its own id and token.
  return answer.id === input.checkoutId ? answer : { ...answer, id: input.checkoutId, token: input.token ?? "" };
}

/**
 * Locks the row; of one that is paid, the row of what is left of it. A wrong token or session gets
 * the same answer as an unknown id.
 */
async function openCheckout(tx: Tx, { caller, input }: Retry): Promise<CheckoutRow> {
  const checkout = await tx.selectFrom("checkout").selectAll().where("id", "=", input.checkoutId).forUpdate().executeTakeFirst();
  if (!checkout || !isOwn(checkout, { caller, input })) throw new Refusal("checkout_unknown");
  if (isPaid(checkout.status)) {
    const next = await kindOf(checkout).nextDue(tx, checkout);
    if (!next) throw new Refusal("already_paid");
    return next;
  }
  if (checkout.status !== "pending" || checkout.ends_at.getTime() <= databaseNow()) throw new Refusal("checkout_closed");
  return checkout;
}

/** What people at the desk have booked or asked for may be paid by whoever they booked for. */
async function wasBegunOnline(tx: Tx, { id }: CheckoutRow): Promise<boolean> {
  const booking = await tx.selectFrom("booking").select("by_hand").where("id", "=", id).executeTakeFirst();
  return booking?.by_hand === false;
}

async function keepAcceptance(tx: Tx, checkout: CheckoutRow, isAccepting: boolean): Promise<void> {
  if (checkout.accepted_terms_at !== null) return;
  if (!isAccepting) throw new Refusal("terms_not_accepted");
  await tx.updateTable("checkout").set({ accepted_terms_at: sql`now()` }).where("id", "=", checkout.id).execute();
}

function isOwn(checkout: CheckoutRow, { caller, input }: Retry): boolean {
  if (input.token !== null) return isSameText(checkout.token, input.token);
  return caller.kind === "customer" && caller.session !== null && isSameText(checkout.session, sessionHash(caller.session));
}
