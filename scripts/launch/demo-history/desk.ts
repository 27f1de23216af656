import { demo } from "#db/demo.ts";
import { newId } from "#platform/ids.ts";
import { tell } from "./journal.ts";
import { sendBack } from "./money-back.ts";
import { placeOf } from "./opened-rows.ts";
import type { MoneyBack, Visit } from "./plan.ts";
import type { PaidCharge, Told } from "./story.ts";

const { tenantId } = demo;

export function noted({ story, rows, booking, clinic }: Told, { at, text }: { at: number; text: string }): void {
  const id = newId(at);
  rows.booking_note.push({ tenant_id: tenantId, id, booking_id: booking.id, text, actor: clinic.desk, created_at: new Date(at) });
  tell(story, { at, kind: "booking.note_added", actor: clinic.desk, details: { noteId: id } });
}

export function attended({ story, booking, clinic }: Told, { at, is }: NonNullable<Visit["attendance"]>): void {
  booking.attendance = is;
  booking.attended_at = new Date(at);
  tell(story, { at, kind: "booking.attendance_set", actor: clinic.desk, details: { attendance: is, before: null } });
}

/** As commands/bookings/move-booking.ts does: the same booking, claim and charge. */
export function moved({ story, booking, claim, checkout, clinic, visit }: Told, { at, from }: NonNullable<Visit["moved"]>): void {
  const [before, after] = [placeOf(from), placeOf(visit)];
  const isHandedOver = before.professional_id !== after.professional_id;
  Object.assign(booking, after, { moves: 1 });
  Object.assign(claim, after);
  story.moves = 1;
  const [fromStart, toStart] = [before.starts_at.toISOString(), after.starts_at.toISOString()];
  const [fromProfessionalId, toProfessionalId] = [before.professional_id, after.professional_id];
  tell(story, {
    at,
    kind: "booking.rescheduled",
    actor: clinic.desk,
    details: { move: 1, fromStart, toStart, fromProfessionalId, toProfessionalId, paymentStatus: checkout.payment_status },
    changes: {
      starts_at: [fromStart, toStart],
      ...(isHandedOver && { professional_id: [fromProfessionalId, toProfessionalId] as const }),
    },
    facts: { wasPaid: true, tellsCustomer: true, isHandedOver },
  });
}

/** As commands/checkouts/cancel-checkout.ts does, with its decision about the money. */
export function cancelled(told: Told, charge: PaidCharge, { at, refund, reason, back }: NonNullable<Visit["cancelled"]>): void {
  const { story, checkout, claim, clinic } = told;
  checkout.status = "cancelled";
  checkout.updated_at = new Date(at);
  claim.state = "released";
  const money = { paidMinor: charge.amount_minor, refundMinor: back?.amountMinor ?? 0, beforeMinor: 0, currency: checkout.currency };
  const details = { reason: "cancelled", refund, ...money };
  tell(story, { at, kind: "booking.cancelled", actor: clinic.desk, details, facts: { wasPaid: true } });
  if (back) sendBack(told, charge, { ...back, reason: "cancelled" });
  noted(told, { at: at + 5, text: reason });
}

export function gaveBack(told: Told, charge: PaidCharge, back: MoneyBack): void {
  sendBack(told, charge, { ...back, reason: "requested" });
}
