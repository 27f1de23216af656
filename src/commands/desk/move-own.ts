import { actorOf, type Customer } from "#contracts/caller.ts";
import { Refusal, type RefusalCode } from "#contracts/problem.ts";
import { isSameCancellation } from "#domain/cancellation.ts";
import { termsAfterOwnMove } from "#domain/desk/own-changes.ts";
import { usualStepMinor } from "#domain/money.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { findOffer, loadTenantCatalog } from "#queries/catalog.ts";
import { tenantOfCheckout } from "#queries/checkout-tenant.ts";
import { moveIn } from "../bookings/move-booking.ts";
import { requireOffered } from "../claims/hold-slot.ts";
import { askingIfTaken } from "../claims/slot-claims.ts";
import { logEvent } from "../log-event.ts";
import { lockOwnBooking, type OwnBooking, requireOwnChange } from "./own-booking.ts";

type Moving = { caller: Customer; input: { bookingId: string; token: string; start: string; from: string } };

/**
 * The customer gives their booking another time of the same service and professional, among those
 * that are offered to everybody; the exclusion constraint decides. A repeat changes nothing.
 * Refuses: checkout_unknown, own_change_closed, changed_meanwhile, slot_not_offered, slot_taken.
 */
export async function moveOwn({ caller, input }: Moving): Promise<void> {
  const tenantId = await tenantOfCheckout(input.bookingId);
  const catalog = await loadTenantCatalog(tenantId);
  const [wanted, seen] = [Date.parse(input.start), Date.parse(input.from)];
  await askingIfTaken(() =>
    inTenant(tenantId, async (tx) => {
      const own = await lockOwnBooking(tx, input);
      const { booking } = own;
      await requireOwnChange(tx, own, "move");
      if (booking.starts_at.getTime() === wanted) return;
      if (booking.starts_at.getTime() !== seen) throw new Refusal("changed_meanwhile");
      const { service, professional } = findOffer(catalog, booking.service_id, booking.professional_id);
      requireOffered({ service, professional, start: input.start });
      await keepTerms(tx, own, caller);
      const to = { professionalId: booking.professional_id, start: input.start };
      await offeredOrRefused(() => moveIn(tx, { ...own, caller, input: { to, tellsCustomer: true, ignoresHours: false } }));
    }),
  );
}

/** No move makes more come back than a cancellation at this moment would. */
async function keepTerms(tx: Tx, { checkout, booking, terms }: OwnBooking, caller: Customer): Promise<void> {
  const { tenant_id: tenantId, id, currency } = checkout;
  const paid = { amountMinor: checkout.amount_minor, start: booking.starts_at, now: new Date(databaseNow()) };
  const after = termsAfterOwnMove(terms, { ...paid, stepMinor: usualStepMinor(currency) });
  if (isSameCancellation(terms, after)) return;
  await tx
    .updateTable("booking")
    .set({ cancellation: JSON.stringify(after) })
    .where("id", "=", id)
    .execute();
  await logEvent(tx, {
    tenantId,
    subject: { kind: "checkout", id },
    kind: "booking.terms_kept",
    actor: actorOf(caller),
    changes: { cancellation: [terms, after] },
  });
}

/** A customer knows times that are offered or not; why is the reception's business. */
async function offeredOrRefused(move: () => Promise<void>): Promise<void> {
  try {
    await move();
  } catch (error) {
    if (error instanceof Refusal && ofReception.includes(error.code)) throw new Refusal("slot_not_offered");
    throw error;
  }
}
const ofReception: readonly RefusalCode[] = [
  "outside_hours",
  "professional_away",
  "professional_unknown",
  "service_not_given",
  "time_past",
  "invalid_request",
];
