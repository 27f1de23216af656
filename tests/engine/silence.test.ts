import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { cleanupUnpaid } from "#commands/cleanup-unpaid.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { sweep } from "#commands/sweep.ts";
import type { Availability } from "#contracts/checkout.ts";
import { logger } from "#platform/logger.ts";
import { type AttentionItem, listAttention } from "#queries/attention.ts";
import { type Clinic, openClinic } from "../support/clinic.ts";
import { hold, pay, reachPaymentPage, slotStart, state } from "../support/customer.ts";
import { endState, eventually, timePasses } from "../support/end-state.ts";
import { startWorld, type World } from "../support/world.ts";
import { confirmed, hurryInbox, hurryPolls, inbox, noPromiseIsBroken, resolve, settledAtOnce, silence, wompi } from "./stories.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(async () => {
  await world.startWorker();
  await noPromiseIsBroken();
});
afterAll(() => world.stop());

const away = { apiStatus: 503, apiFailures: 1000 };
const back = { apiStatus: 0, apiFailures: 0 };
type Booking = { id: string; token: string };

async function rows<T extends object>(text: string, parameter: string): Promise<T[]> {
  return (await world.owner.query<T>(text, [parameter])).rows;
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
/** As the booking page shows the first slot. */
async function shown(clinic: Clinic): Promise<string | undefined> {
  const { link, serviceId, professionalId } = clinic;
  const query = new URLSearchParams({ link, service: serviceId, professional: professionalId });
  const answer = await fetch(`${world.appUrl}/api/availability?${query}`);
  const { slots } = (await answer.json()) as Availability;
  return slots.find(({ start }) => start === slotStart(0))?.state;
}
const wants = (clinic: Clinic) => hold(world, clinic, { start: slotStart(0) });
async function attentionAbout(id: string): Promise<AttentionItem[]> {
  return (await listAttention()).filter(({ subject }) => subject.id === id);
}
async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`${world.appUrl}/metrics`, { headers: operator })).text();
  return text.split("\n").find((line) => line.startsWith(name));
}
const operator = { authorization: "Bearer cron-secret-of-the-tests" };

/** On the payment page; the provider's API is away when the countdown ends. */
async function startInSilence(paid: "abandon" | "close" | "approve" | "pending") {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await wompi(world, clinic, away);
  const { transactionIds } = await pay(world, booking.checkoutUrl, paid, paid === "approve" ? {} : { event: "never" });
  return { clinic, booking, transactionIds };
}

const untouched = { booking: { status: "pending", paymentStatus: "pending" }, claims: ["paying"], ...silence };

test("a provider that is away keeps the slot beyond the customer's end, and whoever wants it sees it as reserved", async () => {
  const { clinic, booking } = await startInSilence("abandon");
  expect((await state(world, booking)).isAwaitingAnswer).toBe(false);
  await timePasses(world, booking.id, 15);
  await eventually(async () => expect((await paymentOf(booking)).failures).toBeGreaterThan(0));
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  expect(await shown(clinic)).toBe("held");
  expect(await state(world, booking)).toMatchObject({ status: "pending", isAwaitingAnswer: true });
  expect(await endState(world, clinic, booking.id)).toMatchObject(untouched);
  expect(await metric('konfirmado_waiting{kind="slot awaiting an answer"}')).toMatch(/ 1$/);
  await wompi(world, clinic, back);
});

test("whoever wants the slot has the provider asked at once, and its no frees the slot within seconds", async () => {
  const { clinic, booking } = await startInSilence("abandon");
  await timePasses(world, booking.id, 25);
  await eventually(async () => expect((await paymentOf(booking)).failures).toBeGreaterThan(0));
  // Far from the next question of the ladder: only the wish can free it.
  await world.owner.query("update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where key like 'poll-%'");
  await wompi(world, clinic, back);
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  await eventually(async () => expect(await state(world, booking)).toMatchObject({ status: "expired", isAwaitingAnswer: false }));
  expect(await eventsOf(booking, "booking.expired")).toMatchObject([{ details: { isAnswered: true } }]);
  expect((await wants(clinic)).status).toBe(201);
});

test("many who want one slot have the provider asked once in ten seconds", async () => {
  const { clinic, booking } = await startInSilence("abandon");
  await world.stopWorker();
  await timePasses(world, booking.id, 15);
  await Promise.all([wants(clinic), wants(clinic), wants(clinic), wants(clinic)]);
  const { id, wanted_at: first } = await paymentOf(booking);
  expect(first).not.toBeNull();
  await wants(clinic);
  expect((await paymentOf(booking)).wanted_at).toEqual(first);
  const jobs = () => rows("select key from graphile_worker._private_jobs where key = $1", `wanted-${id}`);
  expect(await jobs()).toHaveLength(1);
  await world.owner.query("delete from graphile_worker._private_jobs where key like 'wanted-%'");
  await wants(clinic);
  expect(await jobs()).toHaveLength(0);
  await world.owner.query("update payment set wanted_at = wanted_at - interval '11 seconds' where id = $1", [id]);
  await wants(clinic);
  expect(await jobs()).toHaveLength(1);
  await wompi(world, clinic, back);
});

test("an approval found when the provider is back, twenty minutes after the end, gets its slot", async () => {
  const { clinic, booking } = await startInSilence("close");
  await timePasses(world, booking.id, 30);
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  await wompi(world, clinic, back);
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("an approval that is stored keeps its slot until it is settled: beyond half an hour, without a worker, through the sweeper", async () => {
  const { clinic, booking } = await startInSilence("approve");
  await world.stopWorker();
  expect(await inbox(world, clinic)).toMatchObject([{ state: "received" }]);
  await timePasses(world, booking.id, 60);
  await sweep();
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  expect(await shown(clinic)).toBe("held");
  expect(await state(world, booking)).toMatchObject({ status: "pending", isAwaitingAnswer: true });
  await world.startWorker();
  await eventually(async () => expect((await paymentOf(booking)).failures).toBeGreaterThan(1));
  expect(await endState(world, clinic, booking.id)).toMatchObject(untouched);
  await wompi(world, clinic, back);
  await eventually(async () => {
    await hurryInbox(world, booking.reference);
    expect((await state(world, booking)).status).toBe("confirmed");
  });
  await settledAtOnce(world, booking.id);
  expect(await endState(world, clinic, booking.id)).toEqual(confirmed());
});

test("a stored approval that the API does not answer for in three days becomes a case for a person, and its slot is free", async () => {
  const { clinic, booking } = await startInSilence("approve");
  await timePasses(world, booking.id, 73 * 60);
  await world.owner.query("update inbox_event set received_at = received_at - interval '73 hours' where tenant_id = $1", [clinic.tenantId]);
  await eventually(async () => {
    await hurryInbox(world, booking.reference);
    expect(await inbox(world, clinic)).toMatchObject([{ state: "refund_case" }]);
  });
  await timePasses(world, booking.id, 15);
  await sweep();
  expect((await state(world, booking)).status).toBe("expired");
  expect((await wants(clinic)).status).toBe(201);
  await wompi(world, clinic, back);
});

test("what is given up without an answer says so, stays for a person, and is settled when the provider is back after three days", async () => {
  const { clinic, booking } = await startInSilence("close");
  const warned = vi.spyOn(logger(), "warn");
  await timePasses(world, booking.id, 41);
  await eventually(async () => expect(await state(world, booking)).toMatchObject({ status: "expired", isAwaitingAnswer: true }));
  expect(await eventsOf(booking, "booking.expired")).toMatchObject([{ details: { isAnswered: false } }]);

  const { id: paymentId } = await paymentOf(booking);
  for (const hours of [1, 5, 24, 48]) {
    await timePasses(world, booking.id, hours * 60);
    await pollPayment({ tenantId: clinic.tenantId, paymentId });
    expect(await cleanupUnpaid()).toMatchObject({ deletedBookings: 0 });
  }
  expect(await eventsOf(booking, "payment_provider_error")).toMatchObject([
    { details: { paymentId, provider: "wompi", kind: "unreachable" } },
  ]);
  const ofPayment = warned.mock.calls.filter(([fields]) => JSON.stringify(fields).includes(paymentId));
  expect(ofPayment).toHaveLength(1);
  warned.mockRestore();
  expect(Number((await metric("konfirmado_provider_errors_total"))?.split(" ").at(-1))).toBeGreaterThan(3);
  expect((await attentionAbout(paymentId)).map(({ kind }) => kind)).toEqual(["provider_does_not_answer", "payment_not_answered"]);

  await wompi(world, clinic, back);
  await pollPayment({ tenantId: clinic.tenantId, paymentId });
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
  expect(await attentionAbout(paymentId)).toEqual([]);
});

test("an attempt that no provider answered for goes only when a person has seen it", async () => {
  const { clinic, booking } = await startInSilence("abandon");
  await timePasses(world, booking.id, 41);
  await eventually(async () => expect((await state(world, booking)).status).toBe("expired"));
  await timePasses(world, booking.id, 80 * 60);
  expect(await cleanupUnpaid()).toMatchObject({ deletedBookings: 0 });
  const { id: paymentId } = await paymentOf(booking);
  const see = (id: string, headers: Record<string, string>) =>
    fetch(`${world.appUrl}/api/operator/payments/${id}/seen`, { method: "POST", headers });
  expect((await see(paymentId, {})).status).toBe(401);
  expect((await see(clinic.tenantId, operator)).status).toBe(404);
  expect((await see(paymentId, operator)).status).toBe(204);
  expect((await see(paymentId, {})).status).toBe(401);
  expect(await attentionAbout(paymentId)).toEqual([]);
  await world.stopWorker();
  expect(await cleanupUnpaid()).toMatchObject({ deletedBookings: 1 });
  await wompi(world, clinic, back);
});

test("a bank that still decides is an answer: the slot is free at once, and the page says that the answer is awaited", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  const { transactionIds } = await pay(world, booking.checkoutUrl, "pending", { method: "PSE" });
  await timePasses(world, booking.id, 13);
  await eventually(async () => expect(await state(world, booking)).toMatchObject({ status: "failed", isAwaitingAnswer: true }));
  expect((await wants(clinic)).status).toBe(201);
  await resolve(world, transactionIds[0], "DECLINED");
  await eventually(async () => expect((await state(world, booking)).isAwaitingAnswer).toBe(false));
});

test("a payment and an event whose jobs were lost get new ones from the sweeper: nothing waits for ever", async () => {
  const { clinic, booking } = await startInSilence("approve");
  await world.stopWorker();
  await timePasses(world, booking.id, 25);
  await world.owner.query("update inbox_event set received_at = received_at - interval '25 minutes' where tenant_id = $1", [
    clinic.tenantId,
  ]);
  await world.owner.query("delete from graphile_worker._private_jobs");
  expect((await sweep()).revivedQuestions).toBeGreaterThanOrEqual(2);
  expect((await sweep()).revivedQuestions).toBe(0);
  await wompi(world, clinic, back);
  await world.startWorker();
  await eventually(async () => expect((await state(world, booking)).status).toBe("confirmed"));
});

test("a host that runs jobs only by cron frees the slot too, when its cron comes", async () => {
  const clinic = await openClinic(world);
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(0) });
  await world.stopWorker();
  await timePasses(world, booking.id, 25);
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  // What /api/cron/work runs: the sweep, then what is due.
  await sweep();
  expect((await wants(clinic)).body.code).toBe("slot_taken");
  await pollPayment({ tenantId: clinic.tenantId, paymentId: (await paymentOf(booking)).id });
  expect((await wants(clinic)).status).toBe(201);
});
