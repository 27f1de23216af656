import { expect, test } from "vitest";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import type { PayMethod } from "../support/payers/payer.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";
import { withLookup, withManualRefunds } from "./capabilities/playable.ts";
import {
  confirmed,
  facts,
  hurryPolls,
  lateTold,
  minutesOfHold,
  paidCallback,
  paidFollowUps,
  refundOfCard,
  refundOfTransfer,
  sentBack,
  settledAtOnce,
  silence,
} from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

/** A bank that takes its time: the charge is known here as pending. */
async function startPending(clinic: Clinic, wish: { email?: string; method?: PayMethod } = {}) {
  const { method = "card", ...customer } = wish;
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0), ...customer });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", { method });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.endState(clinic, booking.id)).payments).toEqual(["pending"]);
  });
  return { ...booking, chargeId: chargeIds[0] };
}

test("pending, then approved inside the hold: silence until then, booked after", async () => {
  const clinic = await stage.openClinic();
  const booking = await startPending(clinic);
  expect(await stage.endState(clinic, booking.id)).toEqual({
    booking: { status: "pending", paymentStatus: "pending" },
    payments: ["pending"],
    claims: ["paying"],
    ...silence,
  });
  await stage.timePasses(booking.id, 8);
  await stage.payer.decide(booking.chargeId, "approved");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

test("an approval in the grace, after the end that the customer saw, still gets the slot, which nobody else could take", async () => {
  const clinic = await stage.openClinic();
  const booking = await startPending(clinic);
  await stage.timePasses(booking.id, 11);
  expect(Date.parse((await stage.state(booking)).expiresAt)).toBeLessThan(Date.now());
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
  await stage.payer.decide(booking.chargeId, "approved");
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withLookup.story(
  "the slot is let go only by an answer from after the end: an approval whose event was lost gets it by that question",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await startPending(clinic);
    await stage.stopWorker();
    await stage.timePasses(booking.id, minutesOfHold);
    expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
    await stage.payer.decide(booking.chargeId, "approved", { tells: "never" });
    await stage.startWorker();
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

test("approved after the hold while the slot is still free: booked late, with a new claim", async () => {
  const clinic = await stage.openClinic();
  const booking = await startPending(clinic);
  await stage.timePasses(booking.id, minutesOfHold);
  await stage.reaches(booking, { status: "failed" });
  const told = await lateTold(stage, clinic, booking.id);
  await stage.payer.decide(booking.chargeId, "approved");
  await stage.reaches(booking, { status: "confirmed", paymentStatus: "paid" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(
    confirmed({
      claims: ["expired", "booked"],
      followUps: { ...paidFollowUps, ...told.followUps },
      mails: [...told.mails, "customer", "merchant", "professional"],
    }),
  );
  expect((await stage.hold(clinic, { start: slotStart(0) })).body.code).toBe("slot_taken");
});

withLookup.story("approved after the hold with its event lost: the polling goes on and books it late", async () => {
  const clinic = await stage.openClinic();
  const booking = await startPending(clinic);
  await stage.timePasses(booking.id, minutesOfHold);
  await stage.reaches(booking, { status: "failed" });
  const told = await lateTold(stage, clinic, booking.id);
  await stage.payer.decide(booking.chargeId, "approved", { tells: "never" });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.state(booking)).status).toBe("confirmed");
  });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(
    confirmed({
      claims: ["expired", "booked"],
      followUps: { ...paidFollowUps, ...told.followUps },
      mails: [...told.mails, "customer", "merchant", "professional"],
    }),
  );
});

/** The first customer's hold ends on the payment page; the second takes the slot and pays. */
async function resell(clinic: Clinic, first: { id: string; token: string }) {
  await stage.timePasses(first.id, minutesOfHold);
  await stage.reaches(first, { status: "failed" });
  const told = await lateTold(stage, clinic, first.id);
  const second = await stage.reachPaymentPage(clinic, { start: slotStart(0), email: `second@${clinic.link}.example` });
  await stage.pay(second.checkoutUrl, "approve");
  await stage.reaches(second, { status: "confirmed" });
  await settledAtOnce(stage, second.id);
  return { second, told };
}

test("a late payment for a resold slot goes back; the one who paid in time keeps the slot", async () => {
  const clinic = await stage.openClinic();
  const first = await startPending(clinic);
  const { second, told } = await resell(clinic, first);
  await stage.payer.decide(first.chargeId, "approved");
  const { paymentStatus, state } = refundOfCard;
  await stage.reaches(first, { status: "cancelled", paymentStatus, refund: { reason: "capacity_gone", state } });
  await settledAtOnce(stage, first.id);
  const mails = [...told.mails, ...refundOfCard.mails, "merchant", "professional", "second"].toSorted();
  expect(await stage.endState(clinic, first.id)).toEqual(sentBack({ mails, followUps: { ...refundOfCard.followUps, ...told.followUps } }));
  expect(await stage.endState(clinic, second.id)).toEqual(confirmed({ mails, callbacks: [paidCallback] }));
});

test("a late payment for a slot that somebody else is about to pay is refunded too", async () => {
  const clinic = await stage.openClinic();
  const first = await startPending(clinic);
  await stage.timePasses(first.id, minutesOfHold);
  await stage.reaches(first, { status: "failed" });
  const told = await lateTold(stage, clinic, first.id);
  const second = await stage.reachPaymentPage(clinic, { start: slotStart(0), email: `second@${clinic.link}.example` });
  await stage.payer.decide(first.chargeId, "approved");
  await stage.reaches(first, { status: "cancelled", paymentStatus: refundOfCard.paymentStatus });
  await settledAtOnce(stage, first.id);
  const mails = [...told.mails, ...refundOfCard.mails].toSorted();
  expect(await stage.endState(clinic, first.id)).toEqual(sentBack({ mails, followUps: { ...refundOfCard.followUps, ...told.followUps } }));
  expect((await stage.endState(clinic, second.id)).claims).toEqual(["paying"]);
});

withManualRefunds.story("a late payment that cannot be voided waits for a person, with a deadline and a reason", async () => {
  const clinic = await stage.openClinic();
  const first = await startPending(clinic, { method: "bank_transfer" });
  const { told } = await resell(clinic, first);
  await stage.payer.decide(first.chargeId, "approved");
  await stage.reaches(first, { status: "cancelled", paymentStatus: "refunding", refund: { reason: "capacity_gone", state: "manual" } });
  await settledAtOnce(stage, first.id);
  const mails = [...told.mails, ...refundOfTransfer.mails, "merchant", "professional", "second"].toSorted();
  const followUps = { ...refundOfTransfer.followUps, ...told.followUps };
  expect(await stage.endState(clinic, first.id)).toEqual(sentBack({ mails, followUps }, refundOfTransfer));
  const { rows } = await stage.owner.query(
    "select owner, method, last_error, due_at > now() + interval '2 days' and due_at < now() + interval '4 days' as has_deadline from refund_case where checkout_id = $1",
    [first.id],
  );
  expect(rows).toEqual([
    {
      owner: "merchant",
      method: "manual",
      last_error: facts.refunds.voidByApi ? expect.stringContaining(testedProvider.words.notVoidable) : null,
      has_deadline: true,
    },
  ]);
});
