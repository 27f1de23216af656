import { expect, test } from "vitest";
import { cancelCheckout } from "#commands/checkouts/cancel-checkout.ts";
import { resolveRefundManually } from "#commands/refund-cases/resolve-manually.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import type { PayMethod } from "../support/payers/payer.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { noPromiseIsBroken, prepareStage } from "../support/stage.ts";
import { withManualRefunds, withPanel } from "./capabilities/playable.ts";
import {
  callback,
  callbacksOf,
  confirmed,
  doneFollowUps,
  expectClosed,
  facts,
  hurryFollowUps,
  manualFollowUps,
  openedFollowUps,
  paidCallback,
  paidFollowUps,
  refundOfCard,
  refundOfTransfer,
  sentBack,
  settledAtOnce,
  silence,
} from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

async function bookAndPay(clinic: Clinic, wish: { serviceId?: string; method?: PayMethod } = {}) {
  const { method = "card", ...choice } = wish;
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), ...choice });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve", { method });
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  return { ...booking, chargeId: chargeIds[0] };
}

const cancelledFollowUps = {
  "booking.cancelled mail-customer-cancelled": "done",
  "booking.cancelled mail-professional-cancelled": "done",
  "booking.cancelled notify-merchant": "done",
  "booking.cancelled deliver-callback": "done",
};
const cancelledMails = ["customer", "customer", "merchant", "professional", "professional"];

test.each(["before_return", "never"] as const)(
  "a paid booking is cancelled (the provider's event about the void: %s): slot free, money back, everybody told in order",
  async (tells) => {
    const clinic = await stage.openClinic();
    const booking = await bookAndPay(clinic);
    await stage.payer.behave(clinic.account, { tells });
    await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
    expect((await stage.hold(clinic, { start: slotStart(0) })).status).toBe(201);
    await eventually(async () => {
      await settledAtOnce(stage, booking.id);
      expect((await stage.state(booking)).refund).toMatchObject({ reason: "cancelled", state: refundOfCard.state });
    });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual({
      booking: { status: "cancelled", paymentStatus: refundOfCard.paymentStatus },
      payments: [refundOfCard.payment],
      claims: ["released"],
      refundCases: [{ reason: "cancelled", state: refundOfCard.state, amountMinor: 10_000_000 }],
      followUps: { ...paidFollowUps, ...cancelledFollowUps, ...refundOfCard.followUps },
      mails: [...cancelledMails, ...refundOfCard.mails].toSorted(),
      rooms: 0,
      callbacks: callbacksOf(["booking.paid", "booking.cancelled", ...refundOfCard.callbacks]),
    });
    await expect(
      cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } }),
    ).rejects.toMatchObject({
      code: "already_cancelled",
    });
  },
);

test.each<[state: string, opens: boolean]>([
  ["approved", true],
  ["refunding", true],
  ["partly_refunded", true],
  ["disputed", true],
  ["voided", false],
  ["refunded", false],
  ["charged_back", false],
])("a booking is cancelled whose charge is %s: a refund case watches over its money: %s", async (status, opens) => {
  const clinic = await stage.openClinic();
  const booking = await bookAndPay(clinic);
  await stage.stopWorker();
  await stage.owner.query("update charge set status = $2 where provider_charge_id = $1", [booking.chargeId, status]);
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  const refund = { reason: "cancelled", state: "open", amountMinor: 10_000_000 };
  expect((await stage.endState(clinic, booking.id)).refundCases).toEqual(opens ? [refund] : []);
  expect((await stage.state(booking)).paymentStatus).toBe(opens ? "refunding" : "paid");
  await noPromiseIsBroken();
  await stage.startWorker();
});

test("while the provider calls the charge pending again nothing is sent back, and it is looked at later; what it calls declined goes to a person", async () => {
  for (const { decision, inUnknownWord, state: reached } of [
    { decision: "approved", inUnknownWord: true, state: "open" },
    { decision: "declined", inUnknownWord: false, state: "manual" },
  ] as const) {
    const clinic = await stage.openClinic();
    const booking = await bookAndPay(clinic);
    await stage.payer.decide(booking.chargeId, decision, { tells: "never", inUnknownWord });
    await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
    await eventually(async () => {
      const { rows } = await stage.owner.query(
        "select f.state, f.run_at > now() + interval '10 minutes' as later, r.state as reached, r.attempts from follow_up f join refund_case r on r.checkout_id = f.subject_id where f.subject_id = $1 and f.job = 'advance-refund'",
        [booking.id],
      );
      const waits = reached === "open";
      expect(rows).toEqual([{ state: waits ? "pending" : "done", later: waits, reached, attempts: 0 }]);
    });
    if (reached === "manual") continue;
    await stage.payer.decide(booking.chargeId, "approved", { tells: "never" });
    await eventually(async () => {
      await hurryFollowUps(stage, booking.id);
      expect((await stage.state(booking)).refund).toMatchObject({ reason: "cancelled", state: refundOfCard.state });
    });
  }
});

test("an online booking that is cancelled loses its room, and its link is no longer shown", async () => {
  const clinic = await stage.openClinic();
  const booking = await bookAndPay(clinic, { serviceId: clinic.onlineServiceId });
  expect((await stage.endState(clinic, booking.id)).rooms).toBe(1);
  await cancelCheckout({
    caller: { kind: "customer", session: null, address: null },
    input: { tenantId: clinic.tenantId, checkoutId: booking.id },
  });
  await settledAtOnce(stage, booking.id);
  await eventually(async () => expect((await stage.state(booking)).refund?.state).toBe(refundOfCard.state));
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toMatchObject({
    booking: { status: "cancelled", paymentStatus: refundOfCard.paymentStatus },
    claims: ["released"],
    followUps: { "booking.cancelled close-room": "done" },
    mails: [...cancelledMails, ...refundOfCard.mails].toSorted(),
    rooms: 0,
  });
  expect((await stage.state(booking)).meetingUrl).toBeNull();
});

const noApiSends = "money that no API sends back waits for a person; their proof ends the case and the merchant's server hears of it";
withManualRefunds.story(noApiSends, async () => {
  const clinic = await stage.openClinic();
  const booking = await bookAndPay(clinic, { method: "bank_transfer" });
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await settledAtOnce(stage, booking.id);
  const manual = { ...paidFollowUps, ...cancelledFollowUps, ...openedFollowUps, ...manualFollowUps };
  expect(await stage.endState(clinic, booking.id)).toMatchObject({
    booking: { status: "cancelled", paymentStatus: "refunding" },
    payments: ["approved"],
    refundCases: [{ reason: "cancelled", state: "manual", amountMinor: 10_000_000 }],
    followUps: manual,
  });
  const { rows } = await stage.owner.query<{ id: string }>("select id from refund_case where checkout_id = $1", [booking.id]);
  const proof = {
    caller: { kind: "operator" as const },
    input: { tenantId: clinic.tenantId, refundCaseId: rows[0]?.id ?? "", proof: "Bancolombia 8841" },
  };
  await resolveRefundManually(proof);
  await resolveRefundManually(proof);
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "cancelled", paymentStatus: "refunded" },
    payments: ["refunded"],
    claims: ["released"],
    refundCases: [{ reason: "cancelled", state: "done", amountMinor: 10_000_000 }],
    followUps: { ...manual, ...doneFollowUps },
    mails: [...cancelledMails, ...refundOfTransfer.mails, "customer"].toSorted(),
    rooms: 0,
    callbacks: [paidCallback, callback("booking.cancelled", 2), callback("refund_case.opened", 3), callback("refund_case.done", 4)],
  });
});

test("a booking that nobody has paid is cancelled in silence; money that comes after it goes back, or is not taken", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "cancelled", paymentStatus: "pending" },
    payments: ["expired"],
    claims: ["released"],
    ...silence,
  });
  if (facts.canCloseEarly) return expectClosed(stage, booking);
  await stage.pay(booking.checkoutUrl, "approve");
  await eventually(async () => expect((await stage.state(booking)).refund?.reason).toBe("cancelled"));
  await settledAtOnce(stage, booking.id);
  const refundCases = [{ reason: "cancelled", state: refundOfCard.state, amountMinor: 10_000_000 }];
  expect(await stage.endState(clinic, booking.id)).toEqual(sentBack({ claims: ["released"], refundCases }));
});

withPanel.story("a void made in the provider's own panel is seen and told; the booking is not silently changed", async () => {
  const clinic = await stage.openClinic();
  const booking = await bookAndPay(clinic);
  await stage.payer.decide(booking.chargeId, "voided");
  await stage.reaches(booking, { paymentStatus: "refunded" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(
    confirmed({
      booking: { status: "confirmed", paymentStatus: "refunded" },
      payments: [testedProvider.panelSendsBackAs ?? ""],
      followUps: {
        ...paidFollowUps,
        "payment.reversed mail-customer-refund-done": "done",
        "payment.reversed mail-merchant-reversed": "done",
        "payment.reversed notify-merchant": "done",
        "payment.reversed deliver-callback": "done",
      },
      mails: ["customer", "customer", "merchant", "merchant", "professional"],
      callbacks: [paidCallback, callback("payment.reversed", 2)],
    }),
  );
  const { rows } = await stage.owner.query("select kind from notification where checkout_id = $1 order by created_at", [booking.id]);
  expect(rows).toEqual([{ kind: "booking.paid" }, { kind: "payment.reversed" }]);

  await cancelCheckout({ caller: { kind: "operator" }, input: { tenantId: clinic.tenantId, checkoutId: booking.id } });
  await settledAtOnce(stage, booking.id);
  const end = await stage.endState(clinic, booking.id);
  expect(end).toMatchObject({ booking: { status: "cancelled", paymentStatus: "refunded" }, claims: ["released"], refundCases: [] });
});
