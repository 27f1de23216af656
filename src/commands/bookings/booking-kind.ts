import type { Actor } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { followUps } from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { backByTerms } from "#queries/desk/back-by-terms.ts";
import { claimAgain } from "../claims/claim-again.ts";
import { isSlotClaimAlive, keepSlotClaim, letSlotGo, requireFree } from "../claims/slot-claims.ts";
import { insertNote } from "./add-note.ts";
import { bookingOf, bookingPart } from "./booking-part.ts";
import { askedRest, endRest, lockRest } from "./booking-rest.ts";
import { planRivalsEnd } from "./turn-rivals-away.ts";

/** What the engine must know about a booking. */
export const bookingKind = {
  capacity: "slot" as const,
  followUps: {
    created: followUps["booking.created"],
    paid: followUps["booking.paid"],
    confirmed: followUps["booking.confirmed"],
    expired: followUps["booking.expired"],
    failed: followUps["booking.failed"],
    cancelled: followUps["booking.cancelled"],
  },
  requireAvailable,
  isClaimAlive: isSlotClaimAlive,
  async claimAgain(tx: Tx, checkout: CheckoutRow) {
    const booking = await bookingOf(tx, checkout);
    const isOurs = await claimAgain(tx, booking);
    if (isOurs) await planRivalsEnd(tx, { tenantId: booking.tenant_id, checkoutId: booking.id });
    return isOurs;
  },
  keepClaim: keepSlotClaim,
  async letGo(tx: Tx, checkout: CheckoutRow, how: "released" | "expired") {
    await letSlotGo(tx, checkout, how);
    await endRest(tx, checkout);
  },
  nextDue: askedRest,
  purchaseOf: async (_: Tx, { id }: CheckoutRow) => id,
  async reversedPart(tx: Tx, { id }: CheckoutRow) {
    const rest = await lockRest(tx, id);
    return rest?.reversal_answer === "open" ? rest : null;
  },
  requireCancellable,
  backByTerms,
  keepNote: (tx: Tx, { tenant_id: tenantId, id: bookingId }: CheckoutRow, note: { text: string; actor: Actor }) =>
    insertNote(tx, { tenantId, bookingId, ...note }),
  async isReady(tx: Tx, checkout: CheckoutRow) {
    const { online, meeting_url } = await bookingOf(tx, checkout);
    return !online || meeting_url !== null;
  },
  callbackPart: bookingPart,
};

/**
 * A held slot waits for its customer; where nothing is held, somebody else may have paid. Refuses:
 * slot_taken.
 */
async function requireAvailable(tx: Tx, checkout: CheckoutRow): Promise<void> {
  const { tenant_id: tenantId, professional_id: professionalId, during, capacity_policy } = await bookingOf(tx, checkout);
  if (capacity_policy === "first_payer_wins") await requireFree(tx, { tenantId, professionalId, during });
}

/** Whoever came has had what was paid for. Refuses: booking_attended. */
async function requireCancellable(tx: Tx, checkout: CheckoutRow): Promise<void> {
  if ((await bookingOf(tx, checkout)).attendance !== null) throw new Refusal("booking_attended");
}
