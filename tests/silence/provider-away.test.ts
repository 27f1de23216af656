import { afterEach, expect, vi } from "vitest";
import { expireCheckout } from "#commands/checkouts/expire-checkout.ts";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { tellOfAttention } from "#commands/notices/tell-of-attention.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { sweep } from "#commands/sweep.ts";
import type { Availability } from "#contracts/checkout.ts";
import { logger } from "#platform/logger.ts";
import { type AttentionItem, listAttention } from "#queries/attention.ts";
import { withLateBanks, withLookup, withProofToAskAbout, withQuestions } from "../engine/capabilities/playable.ts";
import { confirmed, facts, hurryInbox, hurryPolls, inbox, losePolls, minutesOfHold, settledAtOnce, silence } from "../engine/stories.ts";
import type { Clinic } from "../support/clinic.ts";
import { slotStart } from "../support/customer.ts";
import { eventually } from "../support/end-state.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { prepareStage } from "../support/stage.ts";

const stage = prepareStage({ keepsPromises: true });
afterEach(() => stage.startWorker());

const away = { fails: { status: 503, times: 1000 } };
type Booking = { id: string; token: string };

async function rows<T extends object>(text: string, parameter: string): Promise<T[]> {
  return (await stage.owner.query<T>(text, [parameter])).rows;
}

const paymentOf = async (booking: Booking) => {
  const [payment] = await rows<{ id: string; failures: number; wanted_at: Date | null; asked_at: Date | null }>(
    "select id, failures, wanted_at, asked_at from payment where checkout_id = $1",
    booking.id,
  );
  if (!payment) throw new Error("no payment");
  return payment;
};
const eventsOf = (booking: Booking, kind: string) =>
  rows<{ details: Record<string, unknown> }>(`select details from event where subject_id = $1 and kind = '${kind}'`, booking.id);
async function keptUntil(booking: Booking): Promise<string | undefined> {
  const [claim] = await rows<{ expires_at: Date }>("select expires_at from slot_claim where checkout_id = $1", booking.id);
  return claim?.expires_at.toISOString();
}
/** As the booking page shows the first slot. */
async function shown(clinic: Clinic): Promise<string | undefined> {
  const { link, serviceId, professionalId } = clinic;
  const query = new URLSearchParams({ link, service: serviceId, professional: professionalId });
  const answer = await fetch(`${stage.appUrl}/api/availability?${query}`);
  const { slots } = (await answer.json()) as Availability;
  return slots.find(({ start }) => start === slotStart(0))?.state;
}
const wants = (clinic: Clinic) => stage.hold(clinic, { start: slotStart(0) });
async function attentionAbout(id: string): Promise<AttentionItem[]> {
  return (await listAttention()).filter(({ subject }) => subject.id === id);
}
async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`${stage.appUrl}/metrics`, { headers: operator })).text();
  return text.split("\n").find((line) => line.startsWith(name));
}
// Files share a process, so other kinds may be counted too.
const unreachable = `konfirmado_provider_errors_total{provider="${testedProvider.id}",kind="unreachable"}`;
const operator = { authorization: "Bearer cron-secret-of-the-tests" };

/** On the payment page; the provider's API is away when the countdown ends. */
async function startInSilence(paid: "leave_unpaid" | "approve_without_return" | "approve") {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.payer.behave(clinic.account, away);
  await stage.pay(booking.checkoutUrl, paid, paid === "approve" ? {} : { tells: "never" });
  return { clinic, booking };
}

const untouched = { booking: { status: "pending", paymentStatus: "pending" }, claims: ["paying"], ...silence };

withLookup.story("a provider that is away keeps the slot beyond the customer's end, and whoever wants it sees it as reserved", async () => {
  const { clinic, booking } = await startInSilence("leave_unpaid");
  expect((await stage.state(booking)).isAwaitingAnswer).toBe(false);
  await stage.timePasses(booking.id, 15);
  await eventually(async () => expect((await paymentOf(booking)).failures).toBeGreaterThan(0));
  await expireCheckout({ tenantId: clinic.tenantId, checkoutId: booking.id });
  await sweep();
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  expect(await shown(clinic)).toBe("held");
  const state = await stage.state(booking);
  expect(state).toMatchObject({ status: "pending", isAwaitingAnswer: true });
  expect(state.slotKeptUntil, "the page says until when").toBe(await keptUntil(booking));
  expect(await stage.endState(clinic, booking.id)).toMatchObject(untouched);
  expect(await metric('konfirmado_waiting{kind="slot awaiting an answer"}')).toMatch(/ [1-9]\d*$/);
  await stage.payer.calm(clinic.account);
});

withProofToAskAbout.story(
  "a signed approval that the provider's API still calls pending keeps the slot until the API has caught up",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    await stage.pay(booking.checkoutUrl, "approve_without_return", { lagReads: 12 });
    const waiting = [{ state: "received", reference: expect.stringMatching(/^KF-/) }];
    await eventually(async () => expect((await paymentOf(booking)).failures).toBe(1));
    expect(await inbox(stage, clinic)).toEqual(waiting);
    await stage.stopWorker();
    await stage.timePasses(booking.id, 45);
    expect((await wants(clinic)).body.code).toBe("slot_taken");
    await sweep();
    expect(await inbox(stage, clinic)).toEqual(waiting);
    await stage.startWorker();
    const reference = (await inbox(stage, clinic))[0]?.reference ?? "";
    await eventually(async () => {
      await hurryInbox(stage, reference);
      expect(await stage.endState(clinic, booking.id)).toMatchObject(confirmed());
    });
    expect(await inbox(stage, clinic)).toMatchObject([{ state: "settled" }]);
  },
);

withLookup.story("whoever wants the slot has the provider asked at once, and its no frees the slot within seconds", async () => {
  const { clinic, booking } = await startInSilence("leave_unpaid");
  await stage.timePasses(booking.id, 25);
  await eventually(async () => expect((await paymentOf(booking)).failures).toBeGreaterThan(0));
  // Far from the next question of the ladder: only the wish can free it.
  await stage.owner.query("update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where key like 'poll-%'");
  await stage.payer.calm(clinic.account);
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  await eventually(async () =>
    expect(await stage.state(booking)).toMatchObject({ status: "expired", isAwaitingAnswer: false, slotKeptUntil: null }),
  );
  expect(await eventsOf(booking, "booking.expired")).toMatchObject([{ details: { isAnswered: true } }]);
  expect((await wants(clinic)).status).toBe(201);
});

withLookup.story("many who want one slot have the provider asked once in ten seconds", async () => {
  const { clinic, booking } = await startInSilence("leave_unpaid");
  await stage.stopWorker();
  await stage.timePasses(booking.id, 15);
  await Promise.all([wants(clinic), wants(clinic), wants(clinic), wants(clinic)]);
  const { id, wanted_at: first } = await paymentOf(booking);
  expect(first).not.toBeNull();
  await wants(clinic);
  expect((await paymentOf(booking)).wanted_at).toEqual(first);
  const jobs = () => rows("select key from graphile_worker._private_jobs where key = $1", `wanted-${id}`);
  expect(await jobs()).toHaveLength(1);
  await stage.owner.query("delete from graphile_worker._private_jobs where key like 'wanted-%'");
  await wants(clinic);
  expect(await jobs()).toHaveLength(0);
  await stage.owner.query("update payment set wanted_at = wanted_at - interval '11 seconds' where id = $1", [id]);
  await wants(clinic);
  expect(await jobs()).toHaveLength(1);
  await stage.payer.calm(clinic.account);
});

withLookup.story("an approval found when the provider is back, twenty minutes after the end, gets its slot", async () => {
  const { clinic, booking } = await startInSilence("approve_without_return");
  await stage.timePasses(booking.id, 30);
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  await stage.payer.calm(clinic.account);
  await eventually(async () => {
    await hurryPolls(stage, booking.id);
    expect((await stage.state(booking)).status).toBe("confirmed");
  });
  await settledAtOnce(stage, booking.id);
  expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
});

withQuestions.story(
  "an approval that is stored keeps its slot until it is settled: beyond half an hour, without a worker, through the sweeper",
  async () => {
    const { clinic, booking } = await startInSilence("approve");
    await stage.stopWorker();
    expect(await inbox(stage, clinic)).toMatchObject([{ state: "received" }]);
    await stage.timePasses(booking.id, 60);
    await sweep();
    expect((await wants(clinic)).body.code).toBe("slot_taken");
    expect(await shown(clinic)).toBe("held");
    expect(await stage.state(booking)).toMatchObject({ status: "pending", isAwaitingAnswer: true });
    await stage.startWorker();
    await eventually(async () => expect((await paymentOf(booking)).failures).toBeGreaterThan(1));
    expect(await stage.endState(clinic, booking.id)).toMatchObject(untouched);
    await stage.payer.calm(clinic.account);
    await eventually(async () => {
      await hurryInbox(stage, booking.reference);
      expect((await stage.state(booking)).status).toBe("confirmed");
    });
    await settledAtOnce(stage, booking.id);
    expect(await stage.endState(clinic, booking.id)).toEqual(confirmed());
  },
);

withQuestions.story("an API that lags behind a stored approval does not free the slot by its no", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.pay(booking.checkoutUrl, "approve", { lagReads: 1 });
  await stage.timePasses(booking.id, 15);
  const { id: paymentId } = await paymentOf(booking);
  await pollPayment({ tenantId: clinic.tenantId, paymentId });
  // Whoever is to close the page looks again, and says that it is paid.
  if (facts.canCloseEarly) return stage.reaches(booking, { status: "paid" });
  expect((await paymentOf(booking)).asked_at).not.toBeNull();
  expect(await stage.state(booking)).toMatchObject({ status: "pending", isAwaitingAnswer: true });
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  await pollPayment({ tenantId: clinic.tenantId, paymentId });
  expect((await stage.state(booking)).status).toBe("paid");
});

withProofToAskAbout.story(
  "a stored approval that the API does not answer for in three days becomes a case for a person, and its slot is free",
  async () => {
    const { clinic, booking } = await startInSilence("approve");
    await stage.timePasses(booking.id, 73 * 60);
    await stage.owner.query("update inbox_event set received_at = received_at - interval '73 hours' where tenant_id = $1", [
      clinic.tenantId,
    ]);
    await eventually(async () => {
      await hurryInbox(stage, booking.reference);
      expect(await inbox(stage, clinic)).toMatchObject([{ state: "refund_case" }]);
    });
    await stage.timePasses(booking.id, 15);
    await sweep();
    expect((await stage.state(booking)).status).toBe("expired");
    expect((await wants(clinic)).status).toBe(201);
    await stage.payer.calm(clinic.account);
  },
);

withLookup.story(
  "what is given up without an answer says so, stays for a person, and is settled when the provider is back after three days",
  async () => {
    const { clinic, booking } = await startInSilence("approve_without_return");
    const warned = vi.spyOn(logger(), "warn");
    await stage.timePasses(booking.id, 41);
    await eventually(async () => expect(await stage.state(booking)).toMatchObject({ status: "expired", isAwaitingAnswer: true }));
    expect(await eventsOf(booking, "booking.expired")).toMatchObject([{ details: { isAnswered: false } }]);

    const { id: paymentId } = await paymentOf(booking);
    for (const hours of [1, 5, 24, 48]) {
      await stage.timePasses(booking.id, hours * 60);
      await pollPayment({ tenantId: clinic.tenantId, paymentId });
      expect(await cleanupUnpaid()).toMatchObject({ deletedBookings: 0 });
    }
    expect(await eventsOf(booking, "payment_provider_error")).toMatchObject([
      { details: { paymentId, provider: testedProvider.id, kind: "unreachable" } },
    ]);
    const ofPayment = warned.mock.calls.filter(([fields]) => JSON.stringify(fields).includes(paymentId));
    expect(ofPayment).toHaveLength(1);
    warned.mockRestore();
    expect(Number((await metric(unreachable))?.split(" ").at(-1))).toBeGreaterThan(3);
    expect((await attentionAbout(paymentId)).map(({ kind }) => kind)).toEqual(["provider_does_not_answer", "payment_not_answered"]);

    await stage.payer.calm(clinic.account);
    await pollPayment({ tenantId: clinic.tenantId, paymentId });
    await eventually(async () => expect((await stage.state(booking)).status).toBe("confirmed"));
    expect(await attentionAbout(paymentId)).toEqual([]);
  },
);

withQuestions.story("a void whose first question had no answer is settled by the next, and nobody is asked to look any more", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  const { chargeIds } = await stage.pay(booking.checkoutUrl, "approve");
  await stage.reaches(booking, { status: "confirmed" });
  await losePolls(stage, booking.id);
  await stage.payer.behave(clinic.account, away);
  await stage.payer.decide(chargeIds[0], "voided");
  // Whose payment it is is not known before the answer, if the event names a charge and nothing else.
  if (facts.signatureCovers !== "id_only") await eventually(async () => expect((await paymentOf(booking)).failures).toBe(1));
  await stage.payer.calm(clinic.account);
  const reference = (await inbox(stage, clinic))[0]?.reference ?? "";
  await eventually(async () => {
    await hurryInbox(stage, reference);
    expect((await stage.state(booking)).paymentStatus).toBe("refunded");
  });
  await eventually(async () => expect((await paymentOf(booking)).failures).toBe(0));
});

withLookup.story(
  "an attempt that no provider answered for goes only when a person has seen it, and takes what rang because of it along",
  async () => {
    const { clinic, booking } = await startInSilence("leave_unpaid");
    await stage.timePasses(booking.id, 41);
    await eventually(async () => expect((await stage.state(booking)).status).toBe("expired"));
    await stage.timePasses(booking.id, 80 * 60);
    expect(await cleanupUnpaid()).toMatchObject({ deletedBookings: 0 });
    const { id: paymentId } = await paymentOf(booking);
    await tellOfAttention();
    const rung = async () => (await rows("select id from notification where tenant_id = $1", clinic.tenantId)).length;
    await eventually(async () => expect(await rung()).toBeGreaterThan(0));
    const see = (id: string, headers: Record<string, string>) =>
      fetch(`${stage.appUrl}/api/operator/payments/${id}/seen`, { method: "POST", headers });
    expect((await see(paymentId, {})).status).toBe(401);
    expect((await see(clinic.tenantId, operator)).status).toBe(404);
    expect((await see(paymentId, operator)).status).toBe(204);
    expect((await see(paymentId, {})).status).toBe(401);
    expect(await attentionAbout(paymentId)).toEqual([]);
    await stage.stopWorker();
    expect(await cleanupUnpaid()).toMatchObject({ deletedBookings: 1 });
    expect(await rung()).toBe(0);
    expect(await rows("select id from event where tenant_id = $1 and kind = 'attention.arose'", clinic.tenantId)).toEqual([]);
    expect(await rows("select id from follow_up where tenant_id = $1", clinic.tenantId)).toEqual([]);
    await stage.payer.calm(clinic.account);
  },
);

withLateBanks.story(
  "a bank that still decides is an answer: the slot is free at once, and the page says that the answer is awaited",
  async () => {
    const clinic = await stage.openClinic();
    const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
    const { chargeIds } = await stage.pay(booking.checkoutUrl, "pending", { method: "bank_transfer" });
    await stage.timePasses(booking.id, minutesOfHold);
    await eventually(async () => expect(await stage.state(booking)).toMatchObject({ status: "failed", isAwaitingAnswer: true }));
    expect((await stage.state(booking)).slotKeptUntil, "the page promises no longer time").toBeNull();
    expect((await wants(clinic)).status).toBe(201);
    await stage.payer.decide(chargeIds[0], "declined");
    await eventually(async () => expect((await stage.state(booking)).isAwaitingAnswer).toBe(false));
  },
);

withQuestions.story("a payment and an event whose jobs were lost get new ones from the sweeper: nothing waits for ever", async () => {
  const { clinic, booking } = await startInSilence("approve");
  await stage.stopWorker();
  await stage.timePasses(booking.id, 25);
  await stage.owner.query("update inbox_event set received_at = received_at - interval '25 minutes' where tenant_id = $1", [
    clinic.tenantId,
  ]);
  await stage.owner.query(
    `delete from graphile_worker._private_jobs where key in (
       select 'poll-' || id from payment where tenant_id = $1 union all select 'inbox-' || id from inbox_event where tenant_id = $1)`,
    [clinic.tenantId],
  );
  expect((await sweep()).revivedQuestions).toBe(2);
  expect((await sweep()).revivedQuestions).toBe(0);
  await stage.payer.calm(clinic.account);
  await stage.startWorker();
  await eventually(async () => expect((await stage.state(booking)).status).toBe("confirmed"));
});

withLookup.story("a host that runs jobs only by cron frees the slot too, when its cron comes", async () => {
  const clinic = await stage.openClinic();
  const booking = await stage.reachPaymentPage(clinic, { start: slotStart(0) });
  await stage.stopWorker();
  await stage.timePasses(booking.id, 25);
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  // What /api/cron/work runs: the sweep, then what is due.
  await sweep();
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  await pollPayment({ tenantId: clinic.tenantId, paymentId: (await paymentOf(booking)).id });
  expect((await wants(clinic)).status).toBe(201);
});
