import { expect, test } from "vitest";
import type { Clinic } from "../support/clinic.ts";
import { customerOfTests, slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { withManualRefunds, withOpenPages, withTwoCharges } from "./capabilities/playable.ts";
import { callbacksOf, confirmed, paidFollowUps, refundOfCard, settledAtOnce } from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

const refundReaches = (booking: { id: string; token: string }, wanted: object) =>
  eventually(async () => expect((await stage.state(booking)).refund).toMatchObject(wanted));

/** What the provider calls the second charge in the end. */
const sentBack = refundOfCard.payment;
/** One booking stands; the money that came a second time went back. */
const onceAndBack = {
  refundCases: [{ reason: "duplicate", state: refundOfCard.state, amountMinor: 10_000_000 }],
  followUps: { ...paidFollowUps, ...refundOfCard.followUps },
  mails: [...refundOfCard.mails, "customer", "merchant", "professional"].toSorted(),
  callbacks: callbacksOf(["booking.paid", ...refundOfCard.callbacks]),
};

// Where an older page can be closed, it takes no second payment (capabilities/closing.test.ts).

/** In the provider's own books. */
async function chargeStates(clinic: Clinic, reference: string): Promise<string[]> {
  const charges = await stage.payer.charges(clinic.account);
  return charges.flatMap((charge) => (charge.reference === reference ? [charge.state] : [])).sort();
}

withTwoCharges.story("two approved charges under one reference: one booking, and the second charge is voided at the provider", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { approvals: 2 });
  await refundReaches(booking, { reason: "duplicate", state: refundOfCard.state });
  await settledAtOnce(stage, booking.id);
  expect(await chargeStates(clinic, booking.reference)).toEqual(["approved", sentBack]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed(onceAndBack));
});

withOpenPages.story("two payments of one booking, both approved: the second is refunded, the booking stands", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const second = (await stage.retry(booking)).body;
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.pay(second.checkoutUrl, "approve");
  await refundReaches(booking, { reason: "duplicate", state: refundOfCard.state });
  await settledAtOnce(stage, booking.id);
  expect(await chargeStates(clinic, booking.reference)).toEqual(["approved"]);
  expect(await chargeStates(clinic, second.reference)).toEqual([sentBack]);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ ...onceAndBack, payments: ["approved", sentBack] }));
});

withOpenPages.story(
  "two payments of one booking approved at the same moment: one of them is refunded, whichever comes second",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const second = (await stage.retry(booking)).body;
    await Promise.all([stage.pay(booking.checkoutUrl, "approve"), stage.pay(second.checkoutUrl, "approve")]);
    await refundReaches(booking, { reason: "duplicate", state: refundOfCard.state });
    await settledAtOnce(stage, booking.id);
    const end = await stage.endState(clinic, booking.id);
    expect(end.payments.toSorted()).toEqual(["approved", sentBack]);
    expect({ ...end, payments: [] }).toEqual(confirmed({ ...onceAndBack, payments: [] }));
  },
);

withOpenPages.story("a decline of one payment never touches what another has paid", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const second = (await stage.retry(booking)).body;
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.pay(second.checkoutUrl, "decline");
  await eventually(async () => expect((await stage.endState(clinic, booking.id)).payments).toEqual(["approved", "declined"]));
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ payments: ["approved", "declined"] }));
});

withManualRefunds.story("a second payment that cannot be voided waits for a person; the booking stands", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const second = (await stage.retry(booking)).body;
  await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await stage.pay(second.checkoutUrl, "approve", { method: "wallet" });
  await refundReaches(booking, { reason: "duplicate", state: "manual" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toMatchObject({
    booking: { status: "confirmed", paymentStatus: "paid" },
    payments: ["approved", "approved"],
    claims: ["booked"],
    refundCases: [{ reason: "duplicate", state: "manual" }],
    followUps: { "refund_case.manual notify-merchant": "done" },
  });
});

test("two tabs of one customer with the same hold, at the same moment: one booking, one payment, one page", async () => {
  const clinic = await stage.openClinic();
  const held = (await stage.hold(clinic, { start: slotStart(0) })).body;
  const customer = { ...customerOfTests, email: `customer@${clinic.link}.example` };
  const tabs = await Promise.all([1, 2, 3].map(() => stage.book(clinic, { holdId: held.id, session: held.session, customer })));
  expect(tabs.map((tab) => tab.status)).toEqual([201, 201, 201]);
  const [first] = tabs.map((tab) => tab.body);
  if (!first) throw new Error("no booking");
  for (const { body } of tabs) expect(body).toEqual(first);
  await stage.pay(first.checkoutUrl, "approve");
  await stage.reaches(first, { status: "confirmed" });
  await settledAtOnce(stage, first.id);
  expect(await stage.endState(clinic, first.id)).toEqual(confirmed());
  const { rows } = await stage.owner.query("select count(*)::int as bookings from checkout where tenant_id = $1", [clinic.tenantId]);
  expect(rows).toEqual([{ bookings: 1 }]);
  expect((await stage.book(clinic, { holdId: held.id, session: held.session })).body.code).toBe("already_paid");
});

test("the same customer again after the hold has ended is told so, and nothing new begins", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.timePasses(booking.id, 11);
  const again = await stage.book(clinic, { holdId: booking.holdId, session: booking.session });
  expect(again).toMatchObject({ status: 409, body: { code: "hold_expired" } });
  expect((await stage.endState(clinic, booking.id)).payments).toEqual(["created"]);
});
