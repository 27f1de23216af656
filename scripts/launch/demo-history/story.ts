import { bookingPartOf } from "#commands/bookings/booking-part.ts";
import { answerFrom } from "#domain/hold-times.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { chargeRow, receive } from "./charges.ts";
import type { Clinic } from "./clinic.ts";
import { type Story, tell } from "./journal.ts";
import { lostFor } from "./link-opens.ts";
import { freeConnectionId, openedRows } from "./opened-rows.ts";
import type { Visit } from "./plan.ts";
import type { Rows } from "./rows.ts";
import { bookedVisit, lostVisits } from "./visits.ts";

/** When the sweeper takes a booked claim out of the constraint: claims/retire-claims.ts. */
const retiredAfterMs = 5 * 3_600_000;
const secondsToPay = 140;

/** A booking of the history with its rows, which grow with what happens to it. */
export type Told = ReturnType<typeof openStory>;

/** From the hold to the payment page: what every visit begins with. */
export function openStory(given: { clinic: Clinic; rows: Rows; visit: Visit; number: number }) {
  const { clinic, rows, visit } = given;
  const { bookedAt, service, origin } = visit;
  const { catalog } = clinic;
  const { answers, ...opened } = openedRows(visit, catalog);
  const { checkout, booking, claim, payment } = opened;
  rows.checkout.push(checkout);
  rows.booking.push(booking);
  rows.booking_answer.push(...answers);
  rows.slot_claim.push(claim);
  rows.payment.push(payment);
  rows.visit.push(...bookedVisit({ visit, checkout, payment }, clinic.now), ...lostVisits(visit, lostFor(visit), clinic.now));
  const names = { service: service.name, timezone: catalog.tenant.timezone, link: origin.publicId };
  const professional = () => catalog.professionals.find(({ id }) => id === booking.professional_id)?.name ?? "";
  const told = answers.flatMap(({ question, answer = null }) => (answer === null ? [] : [{ question, answer }]));
  const part = () => bookingPartOf({ checkout, booking, names: { ...names, professional: professional() }, answers: told });
  const story: Story = { clinic, rows, checkout, payment, charge: null, booking, part, moves: 0 };
  tell(story, { at: bookedAt, kind: "booking.created", actor: "customer" });
  const started = { paymentId: payment.id, provider: payment.provider, reference: payment.reference };
  tell(story, { at: bookedAt, kind: "payment.started", actor: "customer", details: started });
  const paidAt = bookedAt + (checkout.amount_minor === 0 ? 400 : secondsToPay * 1000);
  return { ...given, ...opened, story, paidAt };
}

/** A try that the bank refused. */
export function declined({ story, checkout, payment, visit, rows, number }: Told, at: number): void {
  const { amount_minor: amountMinor, currency } = checkout;
  const { id: paymentId, reference } = payment;
  const charge = chargeRow({
    paymentId,
    reference,
    amountMinor,
    currency,
    method: "CARD",
    at,
    state: "declined",
    number: number + 0.5 * 90_000,
  });
  rows.charge.push(charge);
  receive(rows, { charge, customer: checkout, at });
  payment.status = "declined";
  checkout.payment_status = "failed";
  tell(story, {
    at: at + 40,
    kind: "payment.failed",
    actor: "provider",
    details: { paymentId, chargeId: charge.id, state: charge.status },
  });
  if (visit.isFailed) expired({ story, checkout, payment });
}

function expired({ story, checkout, payment }: Pick<Told, "story" | "checkout" | "payment">): void {
  const at = answerFrom(payment.expires_at).getTime() + 1000;
  checkout.status = "failed";
  checkout.updated_at = new Date(at);
  tell(story, { at, kind: "booking.failed", actor: "system", details: { isAnswered: true }, facts: { mayHaveLeft: true } });
}

/** Paid, and everything that was promised done. */
export function paid(told: Told): PaidCharge {
  const { story, checkout, booking, claim, payment, paidAt, visit, rows, clinic } = told;
  const charge = chargeOf(told);
  rows.charge.push(charge);
  story.charge = charge;
  const details = {
    paymentId: payment.id,
    amountMinor: charge.amount_minor,
    currency: charge.currency,
    wasLate: false,
    chargeId: charge.id,
  };
  if (booking.online) booking.meeting_url = `${clinic.roomsUrl}${roomNameOf(booking.id)}`;
  payment.status = "approved";
  payment.updated_at = charge.created_at;
  Object.assign(checkout, { payment_status: "paid", paid_charge_id: charge.id, status: "confirmed", updated_at: new Date(paidAt + 4000) });
  claim.state = visit.span.end < clinic.now - retiredAfterMs ? "past" : "booked";
  tell(story, { at: charge.created_at.getTime(), kind: "booking.paid", actor: "provider", details, facts: { wasPaid: true } });
  tell(story, { at: paidAt + 4000, kind: "booking.confirmed", actor: "system" });
  return charge;
}

export type PaidCharge = ReturnType<typeof chargeOf>;

function chargeOf({ checkout, payment, paidAt, visit, rows, number }: Told) {
  const { amount_minor: amountMinor, currency } = checkout;
  const { id: paymentId, reference } = payment;
  const charge = chargeRow({ paymentId, reference, amountMinor, currency, method: visit.method, at: paidAt, state: "approved", number });
  if (amountMinor > 0) {
    receive(rows, { charge, customer: checkout, at: paidAt });
    return charge;
  }
  const free = { connection_id: freeConnectionId, provider_charge_id: `free:${currency}:${reference}`, provider_status: "FREE" };
  return { ...charge, ...free, method: null, approved_at: null };
}
