import { expect, test } from "vitest";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { prepareStage } from "../support/stage.ts";
import { withLookup, withQuestions } from "./capabilities/playable.ts";
import {
  confirmed,
  facts,
  hurryInbox,
  hurryPolls,
  inbox,
  lateTold,
  losePolls,
  minutesOfHold,
  refundOfCard,
  sentBack,
  settledAtOnce,
  silence,
} from "./stories.ts";

const stage = prepareStage({ keepsPromises: true });

const untouched = { booking: { status: "pending", paymentStatus: "pending" }, payments: ["created"], claims: ["paying"], ...silence };

async function pollsMade(bookingId: string): Promise<number> {
  const { rows } = await stage.owner.query<{ polls: number }>("select max(polls)::int as polls from payment where checkout_id = $1", [
    bookingId,
  ]);
  return rows[0]?.polls ?? 0;
}

withLookup.story(
  "the provider is down while we poll: nothing changes, the ladder goes on, and once it is back the payment is found",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve_without_return", { tells: "never", fails: { status: 503, times: 1000 } });
    for (const polls of [1, 2, 3]) {
      await hurryPolls(stage, booking.id);
      await eventually(async () => expect(await pollsMade(booking.id)).toBeGreaterThanOrEqual(polls));
    }
    expect(await stage.endState(clinic, booking.id)).toEqual(untouched);
    await stage.payer.calm(clinic.account);
    await hurryPolls(stage, booking.id);
    await stage.reaches(booking, { status: "confirmed" });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

withQuestions.story(
  "the provider's API is down while its event is settled: the event is answered, kept and settled when it is back",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await losePolls(stage, booking.id);
    await stage.pay(booking.checkoutUrl, "approve", { fails: { status: 503, times: 1000 } });
    await eventually(async () => {
      const { rows } = await stage.owner.query(
        "select key from graphile_worker._private_jobs where key like 'inbox-%' and (payload ->> 'tries')::int > 0",
      );
      expect(rows).toHaveLength(1);
    });
    const known = facts.signatureCovers === "id_only" ? null : booking.reference;
    expect(await inbox(stage, clinic)).toEqual([{ state: "received", reference: known }]);
    expect(await stage.endState(clinic, booking.id)).toEqual(untouched);
    await stage.payer.calm(clinic.account);
    await eventually(async () => {
      await hurryInbox(stage, booking.reference);
      expect((await stage.state(booking)).status).toBe("confirmed");
    });
    await settledAtOnce(stage, booking.id);
    expect(await inbox(stage, clinic)).toEqual([{ state: "settled", reference: booking.reference }]);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

withLookup.story(
  "the provider is down beyond the half hour that a slot waits for it: an approval found when it is back is booked late",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve_without_return", { tells: "never", fails: { status: 500, times: 1000 } });
    await stage.timePasses(booking.id, 41);
    await stage.reaches(booking, { status: "expired" });
    expect(await stage.endState(clinic, booking.id)).toMatchObject({ payments: ["expired"], claims: ["expired"], ...silence });
    await stage.payer.calm(clinic.account);
    await eventually(async () => {
      await hurryPolls(stage, booking.id);
      expect((await stage.state(booking)).status).toBe("confirmed");
    });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed({ claims: ["expired", "booked"] }));
  },
);

test("the provider answers slowly: the webhook is answered at once all the same, and the booking follows", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { deliveries } = await stage.pay(booking.checkoutUrl, "approve", { slowMs: 1200 });
  expect(deliveries).toMatchObject([{ status: 200 }]);
  expect(deliveries[0]?.milliseconds).toBeLessThan(1200);
  await stage.reaches(booking, { status: "confirmed" });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

test("the provider's API lags behind its own event: the decision waits until the API says it too", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.pay(booking.checkoutUrl, "approve", { lagReads: 4 });
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.state(booking)).status).toBe("confirmed");
  });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withLookup.story("the provider is down when money must go back: the refund waits for it and is made once", async () => {
  const clinic = await stage.openClinic();
  const first = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(first.checkoutUrl, "pending");
  await stage.timePasses(first.id, minutesOfHold);
  await stage.reaches(first, { status: "failed" });
  const told = await lateTold(stage, clinic, first.id);
  await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.payer.decide(chargeIds[0], "approved");
  await stage.startWorker();
  await eventually(async () => expect((await stage.state(first)).refund).not.toBeNull());
  await stage.payer.behave(clinic.account, { fails: { status: 503, times: 3 } });
  await settledAtOnce(stage, first.id);
  await eventually(async () => expect((await stage.state(first)).refund?.state).toBe(refundOfCard.state));
  const followUps = { ...refundOfCard.followUps, ...told.followUps };
  const mails = [...told.mails, ...refundOfCard.mails].toSorted();
  expect(await stage.endState(clinic, first.id)).toEqual(sentBack({ mails, followUps }));
});
