import { afterEach, beforeEach, expect, test } from "vitest";
import { moveBooking } from "#commands/bookings/move-booking.ts";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { examine } from "#queries/doctor.ts";
import type { Clinic } from "../../support/clinic.ts";
import { slotStart } from "../../support/customer.ts";
import { eventually } from "../../support/end-state.ts";
import { prepareStage } from "../../support/stage.ts";
import { minutesOfHold, refundOfCard, settledAtOnce } from "../stories.ts";

/** The doctor examines without a pause while each story runs, and finds nothing at any moment of it. */
const stage = prepareStage();
let isOver = false;
let examining: Promise<{ times: number; findings: unknown[] }> | undefined;

beforeEach(() => {
  isOver = false;
  examining = examineOn();
});

async function examineOn() {
  const findings: unknown[] = [];
  let times = 0;
  for (; !isOver || times === 0; times += 1) findings.push(...(await examine()));
  return { times, findings };
}

afterEach(async () => {
  isOver = true;
  const seen = await examining;
  expect(seen?.times).toBeGreaterThan(1);
  expect(seen?.findings).toEqual([]);
});

async function confirmed(clinic: Clinic, start = slotStart(0)) {
  const booking = await stage.reachPaymentPage(clinic, { start, serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  return booking;
}

test("held, declined, tried again, pending, approved, confirmed, cancelled and refunded", async () => {
  const clinic = await stage.openClinic();
  await stage.hold(clinic, { start: slotStart(8) });
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), serviceId: clinic.onlineServiceId });
  await stage.pay(booking.checkoutUrl, "decline");
  await stage.reaches(booking, { paymentStatus: "failed" });
  const again = (await stage.retry(booking)).body;
  const { chargeIds } = await stage.pay(again.checkoutUrl, "pending", { method: "bank_transfer" });
  await stage.payer.decide(chargeIds[0], "approved");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await settledAtOnce(stage, booking.id);
});

test("moved, handed over, and cancelled", async () => {
  const clinic = await stage.openClinic();
  const booking = await confirmed(clinic);
  const { tenantId, professionalId, otherProfessionalId } = clinic;
  let expected = { professionalId, start: slotStart(0) };
  for (const to of [
    { professionalId, start: slotStart(4) },
    { professionalId: otherProfessionalId, start: slotStart(4) },
  ]) {
    const input = { tenantId, bookingId: booking.id, expected, to, tellsCustomer: true, ignoresHours: false };
    await moveBooking({ caller: { kind: "operator" }, input });
    expected = to;
  }
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId, checkoutId: booking.id } });
  await settledAtOnce(stage, booking.id);
});

test("paid twice, and the second payment goes back", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  // Both pages are paid before the older one is closed, where that is possible.
  await stage.stopWorker();
  const second = (await stage.retry(booking)).body;
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.pay(second.checkoutUrl, "approve");
  await stage.startWorker();
  await stage.reaches(booking, { status: "confirmed" });
  await eventually(async () =>
    expect((await stage.state(booking)).refund).toMatchObject({ reason: "duplicate", state: refundOfCard.state }),
  );
  await settledAtOnce(stage, booking.id);
});

test("several at once, one cancelled at once, and a sale without its checkout", async () => {
  const clinic = await stage.openClinic();
  const bookings = await Promise.all([0, 4, 8].map((n) => confirmed(clinic, slotStart(n))));
  await stage.payer.charge(clinic.account, { reference: "KF-OF-NOBODY", amountMinor: 5_000_000 });
  const [first] = bookings;
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: first?.id ?? "" } });
  await settledAtOnce(stage, first?.id ?? "");
});

test("never paid, and over", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.timePasses(booking.id, 11);
  await stage.timePasses(booking.id, minutesOfHold - 10);
  await eventually(async () => expect((await stage.state(booking)).status).toMatch(/expired|failed/));
});
