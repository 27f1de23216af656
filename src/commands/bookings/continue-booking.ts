import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { openStates } from "#domain/payment-states.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Opened } from "../payments/checkout-answer.ts";
import { openPayment } from "../payments/open-payment.ts";
import type { Starting } from "./insert-booking.ts";

/** The customer is back with the same hold. Details may have changed; an open page is reused. */
export async function continueBooking({ tx, customer, provider }: Starting, checkoutId: string): Promise<Opened> {
  const before = await tx.selectFrom("checkout").selectAll().where("id", "=", checkoutId).forUpdate().executeTakeFirstOrThrow();
  if (before.paid_charge_id) throw new Refusal("already_paid");
  const now = new Date(databaseNow());
  if (before.status !== "pending" || before.ends_at <= now) throw new Refusal("hold_expired");
  const checkout = await tx
    .updateTable("checkout")
    .set({ customer_name: customer.name, customer_email: customer.email, customer_phone: customer.phone, updated_at: sql`now()` })
    .where("id", "=", checkoutId)
    .returningAll()
    .executeTakeFirstOrThrow();
  const open = await tx
    .selectFrom("payment")
    .selectAll()
    .where("checkout_id", "=", checkoutId)
    .where("status", "in", openStates)
    .$if(checkout.amount_minor > 0, (query) => query.where("provider", "=", provider ?? ""))
    .orderBy("created_at", "desc")
    .executeTakeFirst();
  return { checkout, payment: open ?? (await openPayment(tx, { checkout, provider, now })) };
}
