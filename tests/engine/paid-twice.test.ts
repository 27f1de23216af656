import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openClinic } from "../support/clinic.ts";
import { book, customerOfTests, hold, pay, reachPaymentPage, retry, slotStart, state } from "../support/customer.ts";
import { endState, eventually, timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { callback, confirmed, noPromiseIsBroken, paidCallback, paidFollowUps, refundedFollowUps, settledAtOnce } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(noPromiseIsBroken);
afterAll(() => world.stop());

const refundReaches = (booking: { id: string; token: string }, wanted: object) =>
  eventually(async () => expect((await state(world, booking)).refund).toMatchObject(wanted));

/** One booking stands; the money that came a second time went back. */
const onceAndBack = {
  refundCases: [{ reason: "duplicate", state: "done", amountMinor: 10_000_000 }],
  followUps: { ...paidFollowUps, ...refundedFollowUps },
  mails: ["customer", "customer", "customer", "merchant", "merchant", "professional"],
  callbacks: [paidCallback, callback("refund_case.opened", 2), callback("refund_case.done", 3)],
};

async function wompiStatuses(reference: string): Promise<string[]> {
  const answer = await fetch(`${world.simulatorsUrl}/wompi/state?reference=${reference}`);
  const { transactions } = (await answer.json()) as { transactions: { status: string }[] };
  return transactions.map((transaction) => transaction.status).sort();
}

test("two approved charges under one reference: one booking, and the second charge is voided at Wompi", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await pay(world, booking.checkoutUrl, "approve", { approvals: 2 });
  await refundReaches(booking, { reason: "duplicate", state: "done" });
  await settledAtOnce(world, booking.id);
  expect(await wompiStatuses(booking.reference)).toEqual(["APPROVED", "VOIDED"]);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed(onceAndBack));
});

test("two payments of one booking, both approved: the second is refunded, the booking stands", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const second = (await retry(world, booking)).body;
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await pay(world, second.checkoutUrl, "approve");
  await refundReaches(booking, { reason: "duplicate", state: "done" });
  await settledAtOnce(world, booking.id);
  expect(await wompiStatuses(booking.reference)).toEqual(["APPROVED"]);
  expect(await wompiStatuses(second.reference)).toEqual(["VOIDED"]);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ ...onceAndBack, payments: ["approved", "voided"] }));
});

test("two payments of one booking approved at the same moment: one of them is refunded, whichever comes second", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const second = (await retry(world, booking)).body;
  await Promise.all([pay(world, booking.checkoutUrl, "approve"), pay(world, second.checkoutUrl, "approve")]);
  await refundReaches(booking, { reason: "duplicate", state: "done" });
  await settledAtOnce(world, booking.id);
  const end = await endState(world, clinic, booking.id);
  expect(end.payments.toSorted()).toEqual(["approved", "voided"]);
  expect({ ...end, payments: [] }).toEqual(confirmed({ ...onceAndBack, payments: [] }));
});

test("a decline of one payment never touches what another has paid", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const second = (await retry(world, booking)).body;
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await pay(world, second.checkoutUrl, "decline");
  await eventually(async () => expect((await endState(world, clinic, booking.id)).payments).toEqual(["approved", "declined"]));
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed({ payments: ["approved", "declined"] }));
});

test("a second payment that cannot be voided waits for a person; the booking stands", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const second = (await retry(world, booking)).body;
  await pay(world, booking.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  await pay(world, second.checkoutUrl, "approve", { method: "NEQUI" });
  await refundReaches(booking, { reason: "duplicate", state: "manual" });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toMatchObject({
    booking: { status: "confirmed", paymentStatus: "paid" },
    payments: ["approved", "approved"],
    claims: ["booked"],
    refundCases: [{ reason: "duplicate", state: "manual" }],
    followUps: { "refund_case.manual notify-merchant": "done" },
  });
});

test("two tabs of one customer with the same hold, at the same moment: one booking, one payment, one page", async () => {
  const clinic = await openClinic(world);
  const held = (await hold(world, clinic, { start: slotStart(0) })).body;
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const tabs = await Promise.all([1, 2, 3].map(() => book(world, clinic, { holdId: held.id, session: held.session, customer })));
  expect(tabs.map((tab) => tab.status)).toEqual([201, 201, 201]);
  const [first] = tabs.map((tab) => tab.body);
  if (!first) throw new Error("no booking");
  for (const { body } of tabs) expect(body).toEqual(first);
  await pay(world, first.checkoutUrl, "approve");
  await eventually(async () => expect((await state(world, first)).status).toBe("confirmed"));
  await settledAtOnce(world, first.id);
  expect(await endState(world, clinic, first.id)).toEqual(confirmed());
  const { rows } = await world.owner.query("select count(*)::int as bookings from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([{ bookings: 1 }]);
  expect((await book(world, clinic, { holdId: held.id, session: held.session })).body.code).toBe("already_paid");
});

test("the same customer again after the hold has ended is told so, and nothing new begins", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await timePasses(world, booking.id, 11);
  const again = await book(world, clinic, { holdId: booking.holdId, session: booking.session });
  expect(again).toMatchObject({ status: 409, body: { code: "hold_expired" } });
  expect((await endState(world, clinic, booking.id)).payments).toEqual(["created"]);
});
