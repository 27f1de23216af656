import { callbackPartOf } from "#commands/bookings/booking-kind.ts";
import { answerRows } from "#commands/bookings/keep-answers.ts";
import { offerOf } from "#commands/claims/offer-seen.ts";
import { demo } from "#db/demo.ts";
import { answerFrom, latestApproval, latestPayingEnd, payingEnd } from "#domain/hold-times.ts";
import { roomNameOf } from "#domain/room-name.ts";
import { newId, newReference, newToken } from "#platform/ids.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { sessionHash } from "#queries/session-hash.ts";
import type { Appointment } from "./agenda.ts";
import { chargeRow, receive } from "./charges.ts";
import type { Clinic } from "./clinic.ts";
import { type Story, tell } from "./journal.ts";
import type { Visit } from "./plan.ts";
import type { Row, Rows } from "./rows.ts";
import { complaints } from "./words.ts";

const { tenantId } = demo;
const freeConnectionId = tenantId;
/** As long as the sweeper leaves a booked claim in the constraint (commands/claims/retire-claims.ts). */
const retiredAfterMs = 5 * 3_600_000;
const secondsToPay = 140;

/** A booking of the history with its rows, which grow with what happens to it. */
export type Told = ReturnType<typeof openStory>;

/** From the hold to the payment page: what every visit begins with. */
export function openStory(given: { clinic: Clinic; rows: Rows; visit: Visit; number: number }) {
  const { clinic, rows, visit } = given;
  const { tenant } = clinic.catalog;
  const { bookedAt, service } = visit;
  const place = visit.moved?.from ?? visit;
  const offer = offerOf(service);
  const heldAt = bookedAt - 95_000;
  const holdMinutes = service.holdMinutes ?? tenant.holdMinutes;
  const latest = latestPayingEnd(new Date(place.start), tenant.latestApprovalMinutes);
  const endsAt = payingEnd({ heldAt: new Date(heldAt), now: new Date(bookedAt), holdMinutes, latest });
  const paidAt = bookedAt + (offer.amountMinor === 0 ? 400 : secondsToPay * 1000);
  const id = newId(bookedAt);
  const session = sessionHash(newToken());
  const checkout = {
    tenant_id: tenantId,
    id,
    kind: "booking",
    status: "pending" as NonNullable<Row<"checkout">["status"]>,
    payment_status: "pending" as NonNullable<Row<"checkout">["payment_status"]>,
    ends_at: endsAt,
    settle_until: latestApproval(new Date(place.start), tenant.latestApprovalMinutes),
    amount_minor: offer.amountMinor,
    currency: offer.currency,
    customer_name: visit.customer.name,
    customer_email: visit.customer.email,
    customer_phone: visit.customer.phone,
    accepted_terms_at: new Date(bookedAt),
    locale: tenant.locale,
    token: newToken(),
    session,
    traits: offer.online ? ["online"] : [],
    paid_charge_id: null as string | null,
    callback_sequence: 0,
    created_at: new Date(bookedAt),
    updated_at: new Date(bookedAt),
  };
  const booking = {
    tenant_id: tenantId,
    id,
    link_id: visit.origin.linkId,
    ...placeOf(place),
    price_minor: offer.priceMinor,
    charge_type: offer.chargeType,
    capacity_policy: offer.capacityPolicy,
    online: offer.online,
    cancellation: offer.cancellation,
    meeting_url: null as string | null,
    campaign: visit.origin.campaign,
    attendance: null as NonNullable<Visit["attendance"]>["is"] | null,
    attended_at: null as Date | null,
    customer_timezone: tenant.timezone,
    moves: 0,
  };
  const claim = {
    ...{ tenant_id: tenantId, id: newId(heldAt), checkout_id: id, session, offer, ...placeOf(place) },
    ...{ state: "paying" as NonNullable<Row<"slot_claim">["state"]>, created_at: new Date(heldAt) },
  };
  const payment = paymentRow(visit, { checkout, endsAt });
  const answers = answersOf(visit, id);
  rows.checkout.push(checkout);
  rows.booking.push(booking);
  rows.booking_answer.push(...answers);
  rows.slot_claim.push(claim);
  rows.payment.push(payment);
  const names = { service: service.name, timezone: tenant.timezone, link: visit.origin.publicId };
  const open = answers.flatMap(({ question, answer = null }) => (answer === null ? [] : [{ question, answer }]));
  const part = () =>
    callbackPartOf({ checkout, booking, names: { ...names, professional: professionalOf(clinic, booking) }, answers: open });
  const story: Story = { clinic, rows, checkout, payment, charge: null, part, moves: 0 };
  tell(story, { at: bookedAt, kind: "booking.created", actor: "customer" });
  const started = { paymentId: payment.id, provider: payment.provider, reference: payment.reference };
  tell(story, { at: bookedAt, kind: "payment.started", actor: "customer", details: started });
  return { ...given, story, checkout, booking, claim, payment, paidAt };
}

export function placeOf({ start, end, span, service, professional }: Appointment) {
  const [from, to] = [span.start, span.end].map((at) => new Date(at).toISOString());
  const during = `[${from},${to})`;
  return { service_id: service.id, professional_id: professional.id, starts_at: new Date(start), ends_at: new Date(end), during };
}

function professionalOf({ catalog }: Clinic, { professional_id }: { professional_id: string }): string {
  return catalog.professionals.find(({ id }) => id === professional_id)?.name ?? "";
}

type Opened = { checkout: { id: string; amount_minor: number; currency: string }; endsAt: Date };

function paymentRow({ bookedAt }: Visit, { checkout, endsAt }: Opened) {
  const provider = checkout.amount_minor === 0 ? "none" : "wompi";
  const pendingMs = (paymentProvider(provider)?.capabilities.pendingHoursMax ?? 0) * 3_600_000;
  return {
    tenant_id: tenantId,
    id: newId(bookedAt),
    checkout_id: checkout.id,
    connection_id: provider === "none" ? freeConnectionId : demo.wompi.id,
    provider,
    reference: newReference(),
    amount_minor: checkout.amount_minor,
    currency: checkout.currency,
    status: "created" as NonNullable<Row<"payment">["status"]>,
    expires_at: endsAt,
    payable_until: new Date(endsAt.getTime() + pendingMs),
    polls: 2,
    failures: 0,
    asked_at: answerFrom(endsAt),
    created_at: new Date(bookedAt),
    updated_at: new Date(bookedAt),
  };
}

/** Nearly everybody says why they come. */
function answersOf({ service, bookedAt, customer }: Visit, bookingId: string) {
  const turn = Math.floor(bookedAt / 1000) + customer.name.length;
  if (service.questions.length === 0 || turn % 9 === 0) return [];
  const said = service.questions.map(({ id, kind }) => [
    id,
    kind === "yes_no" ? turn % 3 === 0 : (complaints[turn % complaints.length] ?? ""),
  ]);
  return answerRows({ tenantId, bookingId, questions: service.questions, answers: Object.fromEntries(said) });
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
