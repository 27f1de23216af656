import { sql } from "kysely";
import type { Question } from "#contracts/answers.ts";
import { Refusal } from "#contracts/problem.ts";
import { openStates } from "#domain/payment-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { logEvent } from "../log-event.ts";
import type { Opened } from "../payments/checkout-answer.ts";
import { openPayment } from "../payments/open-payment.ts";
import type { Customer, Starting } from "./insert-booking.ts";
import { keepAnswers } from "./keep-answers.ts";

type Begun = { checkoutId: string; questions: readonly Question[] };

/** The customer is back with the same hold. Details may have changed; an open page is reused. */
export async function continueBooking(
  { tx, customer, answers, provider, document, welcome }: Starting,
  { checkoutId, questions }: Begun,
): Promise<Opened> {
  const before = await tx.selectFrom("checkout").selectAll().where("id", "=", checkoutId).forUpdate().executeTakeFirstOrThrow();
  if (before.paid_charge_id) throw new Refusal("already_paid");
  const now = new Date(databaseNow());
  if (before.status !== "pending" || before.ends_at <= now) throw new Refusal("hold_expired");
  if (welcome.paysInFull && before.amount_minor < (await priceOf(tx, checkoutId))) throw new Refusal("full_payment_only");
  const checkout = await tx
    .updateTable("checkout")
    .set({ customer_name: customer.name, customer_email: customer.email, customer_phone: customer.phone, updated_at: sql`now()` })
    .where("id", "=", checkoutId)
    .returningAll()
    .executeTakeFirstOrThrow();
  await keepAnswers(tx, { tenantId: checkout.tenant_id, bookingId: checkoutId, questions, answers });
  const details = contactChanges(before, customer);
  if (Object.keys(details).length > 0) {
    const subject = { kind: "checkout", id: checkoutId } as const;
    await logEvent(tx, { tenantId: checkout.tenant_id, subject, kind: "booking.contact_changed", details, actor: "customer" });
  }
  const open = await tx
    .selectFrom("payment")
    .selectAll()
    .where("checkout_id", "=", checkoutId)
    .where("status", "in", openStates)
    .where("close_wanted_at", "is", null)
    .$if(checkout.amount_minor > 0, (query) => query.where("provider", "=", provider ?? ""))
    .orderBy("created_at", "desc")
    .executeTakeFirst();
  return { checkout, payment: open ?? (await openPayment(tx, { checkout, provider, hasDocument: document !== null, now })) };
}

/** What was begun with a deposit, under another address, does not become one for this customer. */
async function priceOf(tx: Tx, bookingId: string): Promise<number> {
  const booking = await tx.selectFrom("booking").select("price_minor").where("id", "=", bookingId).executeTakeFirstOrThrow();
  return booking.price_minor;
}

/** Masked, because an event holds no personal data: `{ email: "a…@e… → m…@o…" }`. */
function contactChanges(before: CheckoutRow, { name, email, phone }: Customer): Record<string, string> {
  const first = (text: string) => `${Array.from(text)[0] ?? ""}…`;
  const maskedEmail = (text: string) => text.split("@").map(first).join("@");
  const maskedPhone = (text: string) => `…${text.slice(-2)}`;
  return {
    ...(before.customer_name !== name && { name: `${first(before.customer_name)} → ${first(name)}` }),
    ...(before.customer_email !== email && { email: `${maskedEmail(before.customer_email)} → ${maskedEmail(email)}` }),
    ...(before.customer_phone !== phone && { phone: `${maskedPhone(before.customer_phone)} → ${maskedPhone(phone)}` }),
  };
}
