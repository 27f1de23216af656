import { afterEach, expect, vi } from "vitest";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import { pollPayment } from "#commands/settlement/poll-payment.ts";
import { settle } from "#commands/settlement/settle.ts";
import { Refusal } from "#contracts/problem.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { closeDb } from "#platform/db.ts";
import { facts } from "../engine/stories.ts";
import type { Clinic } from "../support/clinic.ts";
import { hold, pay, reachPaymentPage, retry, slotStart } from "../support/customer.ts";
import { type EndState, endState, timePasses } from "../support/end-state.ts";
import { payerAt } from "../support/payers/tested-provider.ts";
import type { World } from "../support/world.ts";

export const rounds = Number(process.env["RACE_ROUNDS"] ?? 12);
/** A night's run has more of everything. */
export const isLongForm = process.env["RACE_ROUNDS"] !== undefined;

export type Place = { world: World; clinic: Clinic };
export type Paying = Awaited<ReturnType<typeof reachPaymentPage>> & { paymentId: string };

/**
 * All at once; who comes first is the machine's choice. Answers and honest refusals are fine,
 * anything else is a failure of the race.
 */
export async function atOnce(runners: readonly (() => Promise<unknown>)[]): Promise<("done" | string)[]> {
  const ended = await Promise.allSettled(shuffled(runners).map((run) => run()));
  return ended.map((end) => {
    if (end.status === "fulfilled") return "done";
    if (end.reason instanceof Refusal) return end.reason.code;
    throw end.reason;
  });
}

/** The same for very many: no more at a time than a process has connections for. */
export async function inCrowds(runners: readonly (() => Promise<unknown>)[], size = 16): Promise<("done" | string)[]> {
  const ended: string[] = [];
  for (let from = 0; from < runners.length; from += size) ended.push(...(await atOnce(runners.slice(from, from + size))));
  return ended;
}

function shuffled<T>(given: readonly T[]): T[] {
  return given
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

/**
 * A booking whose customer is on the payment page, in the n-th slot. No webhook comes by itself.
 */
export async function onPaymentPage({ world, clinic }: Place, n: number): Promise<Paying> {
  const booking = await reachPaymentPage(world, clinic, { start: slotStart(n) });
  return { ...booking, paymentId: await paymentOf(world, booking.reference) };
}

export async function paymentOf(world: World, reference: string): Promise<string> {
  const { rows } = await world.owner.query<{ id: string }>("select id from payment where reference = $1", [reference]);
  return rows[0]?.id ?? "";
}

/** Nobody has heard of it, or the event of it is stored where the provider cannot be asked. */
export async function approve(world: World, checkoutUrl: string): Promise<string> {
  const paid = await pay(world, checkoutUrl, "approve", { tells: facts.lookup === "none" ? "before_return" : "never", afterEnd: true });
  return paid.chargeIds[0] ?? "";
}

/** What the provider's API says of a page that was paid in full. */
export function approvalOf({ clinic }: Place, { reference }: { reference: string }) {
  const fact: ChargeFact = {
    providerChargeId: `charge of ${reference}`,
    reference,
    state: "approved",
    providerStatus: "approved",
    amountMinor: 10_000_000,
    currency: "COP",
    method: "card",
    finalizedAt: new Date(),
  };
  return { tenantId: clinic.tenantId, connectionId: clinic.connectionId, fact };
}

/** The provider's delivery of the event, answered: it is in the inbox. */
export function deliver(world: World, chargeId: string, copies = 1): Promise<unknown> {
  return payerAt(world).tellAgain(chargeId, { copies });
}

/**
 * Everybody who may settle one payment, each as their job or request would: webhook job, poll,
 * return page, operator.
 */
export async function settlers(
  { world, clinic }: Place,
  payment: { paymentId: string; reference: string },
): Promise<(() => Promise<unknown>)[]> {
  const { tenantId, connectionId } = clinic;
  const inbox = await world.owner.query<{ id: string }>("select id from inbox_event where tenant_id = $1 and reference = $2", [
    tenantId,
    payment.reference,
  ]);
  const { paymentId, reference } = payment;
  const { rows } = await world.owner.query<{ providerPaymentId: string | null }>(
    `select provider_payment_id as "providerPaymentId" from payment where id = $1`,
    [paymentId],
  );
  const known = { reference, providerPaymentId: rows[0]?.providerPaymentId ?? null, currency: "COP" };
  const asked = () => settle({ tenantId, connectionId, payment: known });
  return [
    ...inbox.rows.map(
      ({ id }) =>
        () =>
          settleInboxEvent({ tenantId, inboxEventId: id }),
    ),
    () => pollPayment({ tenantId, paymentId }),
    () => pollPayment({ tenantId, paymentId, isExtra: true }),
    ...(facts.lookup === "none" ? [] : [asked]),
  ];
}

/** What the provider knows of a payment is settled: it is asked, or its event is read. */
export async function hear({ world, clinic: { tenantId } }: Place, paymentId: string): Promise<void> {
  if (facts.lookup !== "none") return pollPayment({ tenantId, paymentId });
  const { rows } = await world.owner.query<{ id: string }>(
    "select e.id from inbox_event e join payment p on p.reference = e.reference where p.id = $1",
    [paymentId],
  );
  for (const { id } of rows) await settleInboxEvent({ tenantId, inboxEventId: id });
}

/** By each of them, one after the other. */
export async function settleNow(place: Place, payment: { paymentId: string; reference: string }): Promise<void> {
  for (const run of await settlers(place, payment)) await run();
}

/** What a race may have decided, without what the outside has heard of it. */
export async function decided({ world, clinic }: Place, bookingId: string): Promise<Pick<EndState, "booking" | "claims" | "refundCases">> {
  const { booking, claims, refundCases } = await endState(world, clinic, bookingId);
  return { booking, claims: claims.filter((claim) => claim !== "expired"), refundCases };
}

export async function countEvents(world: World, bookingId: string): Promise<Record<string, number>> {
  const { rows } = await world.owner.query<{ kind: string; count: number }>(
    "select kind, count(*)::int as count from event where subject_id = $1 group by kind",
    [bookingId],
  );
  return Object.fromEntries(rows.map((row) => [row.kind, row.count]));
}

/** After each race of a file, so that a race that runs alone is looked at too. */
export function expectNoDeadlocks(world: World): void {
  afterEach(async () => expect(await countDeadlocks(world)).toBe(0));
}

/**
 * PostgreSQL's own count since the database was made. A session reports when it ends, so ours end
 * first, also one that a late webhook of the provider has opened since.
 */
export async function countDeadlocks(world: World): Promise<number> {
  return vi.waitFor(async () => {
    await closeDb();
    const { rows } = await world.owner.query<{ open: number; deadlocks: number }>(
      `select (select count(*)::int from pg_stat_activity where datname = current_database() and application_name like 'konfirmado_%') as open,
        (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`,
    );
    expect(rows[0]?.open).toBe(0);
    return rows[0]?.deadlocks ?? -1;
  });
}

/** Events have waited that much longer for their checkout. */
export async function inboxAges(world: World, minutes: number): Promise<void> {
  await world.owner.query(`update inbox_event set received_at = received_at - make_interval(mins => $1)`, [minutes]);
}

export const won = { booking: { status: "paid", paymentStatus: "paid" }, claims: ["booked"], refundCases: [] };
export const sentBack = (reason: string) => ({
  booking: { status: "cancelled", paymentStatus: "refunding" },
  claims: [],
  refundCases: [{ reason, state: "open", amountMinor: 10_000_000 }],
});

/** One is the booking's, the other goes back. Needs the row locks. */
export async function twoPaymentsAtOnce(place: Place, n: number): Promise<void> {
  const { world } = place;
  const booking = await onPaymentPage(place, n);
  const second = (await retry(world, booking)).body;
  await Promise.all([approve(world, booking.checkoutUrl), approve(world, second.checkoutUrl)]);
  const other = { reference: second.reference, paymentId: await paymentOf(world, second.reference) };
  await atOnce([...(await settlers(place, booking)), ...(await settlers(place, other))]);
  expect(await decided(place, booking.id)).toEqual({
    ...won,
    refundCases: [{ reason: "duplicate", state: "open", amountMinor: 10_000_000 }],
  });
  expect(await countEvents(world, booking.id)).toMatchObject({ "booking.paid": 1, "refund_case.opened": 1 });
}

/**
 * The slot of a lapsed hold: for its late payment or for a new customer, never for both. Needs the
 * exclusion constraint.
 */
export async function newHoldAgainstLatePayment(place: Place, n: number): Promise<"new" | "late"> {
  const { world, clinic } = place;
  const booking = await onPaymentPage(place, n);
  await timePasses(world, booking.id, 41);
  await approve(world, booking.checkoutUrl);
  let answer = 0;
  const pick = async () => {
    // Every other round the customer is a little slower, so that both may win.
    if (n % 2)
      for (let wait = 0; wait < 3; wait += 1)
        await fetch(`${world.appUrl}/pay/return/${booking.id}/${booking.token}`, { redirect: "manual" });
    answer = (await hold(world, clinic, { start: slotStart(n) })).status;
  };
  await atOnce([...(await settlers(place, booking)), pick]);
  expect(await decided(place, booking.id)).toEqual(answer === 201 ? sentBack("capacity_gone") : won);
  expect([201, 409]).toContain(answer);
  return answer === 201 ? "new" : "late";
}
