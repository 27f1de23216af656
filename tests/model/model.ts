/** What the product must decide, in a few lines and without a database. Minutes since the start of the run stand for time. */
export type ModelCharge = {
  id: string;
  state: "pending" | "approved" | "declined";
  wrong: boolean;
  seen: "pending" | "approved" | "declined" | null;
  cover: "booked" | "refund" | null;
};
export type ModelPayment = { id: string; reference: string; checkoutUrl: string; pageEnds: number; charges: ModelCharge[] };
export type ModelBooking = {
  id: string;
  token: string;
  slot: number;
  customer: number;
  status: "pending" | "paid" | "expired" | "failed" | "cancelled" | "gone";
  madeAt: number;
  visibleEnd: number;
  /** The claim's state by label; time may have ended it already. */
  claim: "paying" | "booked" | "none";
  payments: ModelPayment[];
};
export type ModelHold = { id: string; session: string; slot: number; from: number; until: number };
/** `asked`: when the provider was last asked about a payment and answered. `isAway`: its API answers nothing. */
export type Model = { now: number; holds: Map<number, ModelHold>; bookings: ModelBooking[]; asked: Map<string, number>; isAway: boolean };

export const holdMinutes = 10;
export const graceMinutes = 2;
export const answerWaitMinutes = 30;
export const slots = [0, 1, 2];
export const customers = [0, 1, 2];

export const newModel = (): Model => ({ now: 0, holds: new Map(), bookings: [], asked: new Map(), isAway: false });

/** Who has the slot now, by time alone. */
export function ownerOf(model: Model, slot: number): ModelHold | ModelBooking | null {
  for (const hold of model.holds.values()) if (hold.slot === slot && hold.until > model.now) return hold;
  for (const booking of model.bookings) if (booking.slot === slot && isClaimAlive(model, booking)) return booking;
  return null;
}

export function isClaimAlive(model: Model, booking: ModelBooking): boolean {
  return booking.claim === "booked" || (booking.claim === "paying" && booking.visibleEnd + answerWaitMinutes > model.now);
}

/** A new hold relabels what has lapsed in its slot. */
export function relabelLapsed(model: Model, slot: number): void {
  for (const booking of model.bookings)
    if (booking.slot === slot && booking.claim === "paying" && !isClaimAlive(model, booking)) booking.claim = "none";
}

/** Every charge under one reference is told: failures first, as the engine does; then the table of domain/settlement.ts. */
export function settleInModel(model: Model, booking: ModelBooking, payment: ModelPayment): void {
  const inOrder = payment.charges.toSorted((a, b) => Number(a.state === "approved") - Number(b.state === "approved"));
  for (const charge of inOrder) {
    charge.seen = charge.state;
    if (charge.state !== "approved" || charge.cover !== null) continue;
    charge.cover = coverOf(model, booking, charge);
  }
}

function coverOf(model: Model, booking: ModelBooking, charge: ModelCharge): "booked" | "refund" {
  if (charge.wrong || booking.status === "paid" || booking.status === "cancelled") return "refund";
  const owner = ownerOf(model, booking.slot);
  if (owner !== null && owner !== booking) {
    booking.status = "cancelled";
    booking.claim = "none";
    return "refund";
  }
  booking.status = "paid";
  booking.claim = "booked";
  return "booked";
}

/** The provider was asked about this payment now, and has answered. */
export function answerInModel(model: Model, booking: ModelBooking, payment: ModelPayment): void {
  settleInModel(model, booking, payment);
  model.asked.set(payment.id, model.now);
  if (isAnswered(model, payment)) expireInModel(model, booking);
}

/** From two minutes after its end on, or by an approval. */
export function isAnswered(model: Model, payment: ModelPayment): boolean {
  const isApproved = payment.charges.some((charge) => charge.seen === "approved");
  return isApproved || (model.asked.get(payment.id) ?? Number.NEGATIVE_INFINITY) >= payment.pageEnds + graceMinutes;
}

/** What the provider's answers, or time without them, have decided about a pending booking, once somebody looks. */
export function expireInModel(model: Model, booking: ModelBooking): void {
  if (booking.status !== "pending" || booking.visibleEnd + graceMinutes > model.now) return;
  const areAnswered = booking.payments.every((payment) => isAnswered(model, payment));
  if (!areAnswered && booking.visibleEnd + answerWaitMinutes > model.now) return;
  booking.status = booking.payments.some((payment) => payment.charges.some((charge) => charge.seen !== null)) ? "failed" : "expired";
  booking.claim = "none";
}
