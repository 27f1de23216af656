import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { hold, pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually, timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import {
  callback,
  confirmed,
  hurryPolls,
  manualFollowUps,
  noPromiseIsBroken,
  openedFollowUps,
  paidCallback,
  paidFollowUps,
  refundedFollowUps,
  resolve,
  sentBack,
  settledAtOnce,
  silence,
  unpaidFollowUp,
} from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const reaches = (booking: { id: string; token: string }, wanted: object) =>
  eventually(async () => expect(await state(world, booking)).toMatchObject(wanted));

/** A bank that takes its time: the charge is known here as pending. */
async function startPending(clinic: Clinic, wish: { email?: string; method?: string } = {}) {
  const { method = "CARD", ...customer } = wish;
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0), ...customer });
  const { transactionIds } = await pay(world, booking.checkoutUrl, "pending", { method });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await endState(world, clinic, booking.id)).payments).toEqual(["pending"]);
  });
  return { ...booking, chargeId: transactionIds[0] };
}

test("pending, then approved inside the hold: silence until then, booked after", async () => {
  const clinic = await openClinic(world);
  const booking = await startPending(clinic);
  expect(await endState(world, clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["pending"],
    claims: ["paying"],
    ...silence,
  });
  await timePasses(world, booking.id, 8);
  await resolve(world, booking.chargeId, "APPROVED");
  await reaches(booking, { status: "confirmed" });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("an approval in the grace, after the end that the customer saw, still gets the slot, which nobody else could take", async () => {
  const clinic = await openClinic(world);
  const booking = await startPending(clinic);
  await timePasses(world, booking.id, 11);
  expect(Date.parse((await state(world, booking)).expiresAt)).toBeLessThan(Date.now());
  expect((await hold(world, clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  await resolve(world, booking.chargeId, "APPROVED");
  await reaches(booking, { status: "confirmed" });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("the last ask falls inside the grace: an approval whose event was lost gets the slot by it", async () => {
  const clinic = await openClinic(world);
  const booking = await startPending(clinic);
  await world.stopWorker();
  await timePasses(world, booking.id, 11);
  await resolve(world, booking.chargeId, "APPROVED", { event: "never" });
  await world.startWorker();
  await reaches(booking, { status: "confirmed" });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("approved after the hold while the slot is still free: booked late, with a new claim", async () => {
  const clinic = await openClinic(world);
  const booking = await startPending(clinic);
  await timePasses(world, booking.id, 13);
  await reaches(booking, { status: "failed" });
  await resolve(world, booking.chargeId, "APPROVED");
  await reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(
    confirmed({ claims: ["expired", "booked"], followUps: { ...paidFollowUps, ...unpaidFollowUp("skipped") } }),
  );
  expect((await hold(world, clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
});

test("approved after the hold with its event lost: the polling goes on and books it late", async () => {
  const clinic = await openClinic(world);
  const booking = await startPending(clinic);
  await timePasses(world, booking.id, 13);
  await reaches(booking, { status: "failed" });
  await resolve(world, booking.chargeId, "APPROVED", { event: "never" });
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(
    confirmed({ claims: ["expired", "booked"], followUps: { ...paidFollowUps, ...unpaidFollowUp("skipped") } }),
  );
});

const lateAndBack = { ...refundedFollowUps, ...unpaidFollowUp("skipped") };

/** The first customer's hold ends on the payment page; the second takes the slot and pays. */
async function resell(clinic: Clinic, first: { id: string; token: string }) {
  await timePasses(world, first.id, 13);
  const second = await reachPaymentPage(world, clinic, { start: slotStart(0), email: `second@${clinic.link}.example` });
  await pay(world, second.checkoutUrl, "approve");
  await reaches(second, { status: "confirmed" });
  await settledAtOnce(world, second.id);
  return second;
}

test("a late payment for a resold slot is refunded by a void; the one who paid in time keeps the slot", async () => {
  const clinic = await openClinic(world);
  const first = await startPending(clinic);
  const second = await resell(clinic, first);
  await resolve(world, first.chargeId, "APPROVED");
  await reaches(first, { status: "cancelled", paymentStatus: "refunded", refund: { reason: "capacity_gone", state: "done" } });
  await settledAtOnce(world, first.id);
  const mails = ["customer", "customer", "merchant", "merchant", "professional", "second"];
  expect(await endState(world, clinic, first.id)).toEqual(sentBack({ mails, followUps: lateAndBack }));
  expect(await endState(world, clinic, second.id)).toEqual(confirmed({ mails, callbacks: [paidCallback] }));
});

test("a late payment for a slot that somebody else is about to pay is refunded too", async () => {
  const clinic = await openClinic(world);
  const first = await startPending(clinic);
  await timePasses(world, first.id, 13);
  const second = await reachPaymentPage(world, clinic, { start: slotStart(0), email: `second@${clinic.link}.example` });
  await resolve(world, first.chargeId, "APPROVED");
  await reaches(first, { status: "cancelled", paymentStatus: "refunded" });
  await settledAtOnce(world, first.id);
  expect(await endState(world, clinic, first.id)).toEqual(sentBack({ followUps: lateAndBack }));
  expect((await endState(world, clinic, second.id)).claims).toEqual(["paying"]);
});

test("a late payment that cannot be voided waits for a person, with a deadline and a reason", async () => {
  const clinic = await openClinic(world);
  const first = await startPending(clinic, { method: "PSE" });
  await resell(clinic, first);
  await resolve(world, first.chargeId, "APPROVED");
  await reaches(first, { status: "cancelled", paymentStatus: "refunding", refund: { reason: "capacity_gone", state: "manual" } });
  await settledAtOnce(world, first.id);
  expect(await endState(world, clinic, first.id)).toEqual(
    sentBack({
      booking: { status: "cancelled", paymentStatus: "refunding" },
      payments: ["approved"],
      refundCases: [{ reason: "capacity_gone", state: "manual", amountMinor: 10_000_000 }],
      followUps: { ...openedFollowUps, ...manualFollowUps, ...unpaidFollowUp("skipped") },
      mails: ["customer", "merchant", "merchant", "merchant", "professional", "second"],
      callbacks: [callback("refund_case.opened", 1)],
    }),
  );
  const { rows } = await world.owner.query(
    "select owner, method, last_error, due_at > now() + interval '2 days' and due_at < now() + interval '4 days' as has_deadline from refund_case where checkout_id = $1",
    [first.id],
  );
  expect(rows).toEqual([{ owner: "merchant", method: "manual", last_error: "only_cards_can_be_voided", has_deadline: true }]);
});
