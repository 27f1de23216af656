import { type ApiKeyCaller, actorOf, type MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import { openRest } from "../bookings/booking-rest.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { logEvent } from "../log-event.ts";
import { requireSomeProvider } from "../payments/payment-connection.ts";
import { requireFewMails } from "./payment-link.ts";

type Asking = { caller: MemberCaller | ApiKeyCaller; input: { bookingId: string; mail: boolean } };

/**
 * Lets the customer pay on the booking's page what a deposit has left, and mails them that page if
 * it is wished. Refuses: checkout_unknown, booking_not_standing, no_rest, already_paid,
 * checkout_closed, provider_not_offered, amount_not_payable, too_many_mails.
 */
export async function askForRest({ caller, input: { bookingId, mail } }: Asking): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    const checkout = await lockCheckout(tx, bookingId);
    if (checkout?.kind !== "booking") throw new Refusal("checkout_unknown");
    const rest = await openRest(tx, { caller, checkout });
    if (rest.status !== "pending" || rest.ends_at.getTime() <= databaseNow()) throw new Refusal("checkout_closed");
    await requireSomeProvider(tx, { amountMinor: rest.amount_minor, currency: rest.currency });
    if (!mail) return;
    const kind = "booking.rest_link_mailed" as const;
    await requireFewMails(tx, { id: bookingId, kind });
    const subject = { kind: "checkout", id: bookingId } as const;
    const details = { amountMinor: rest.amount_minor, currency: rest.currency };
    await logEvent(tx, { tenantId, subject, kind, details, actor: actorOf(caller), origin: caller.origin });
  });
}
