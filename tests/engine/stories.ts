import { expect } from "vitest";
import { settleInboxEvent } from "#commands/inbox/settle-event.ts";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import type { Clinic } from "../support/clinic.ts";
import { type EndState, eventually } from "../support/end-state.ts";
import type { Outcome } from "../support/payers/payer.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import type { World } from "../support/world.ts";

/** What the provider under test can do, where a story depends on it. */
export const facts = capabilitiesOfTested();
/** The word for money that its API has sent back whole. */
export const sentBackAs = facts.refunds.voidByApi ? "voided" : "refunded";

/** After so many minutes the tests' hold of ten has ended, with every grace after it, and with the patience that silence wants. */
export const minutesOfHold = facts.lookup === "none" ? 41 : 10 + Math.max(3, (facts.answerLagMinutes ?? 0) + 1);

/**
 * So long after its end an attempt that nobody paid is deleted: where nobody can be asked, once no
 * webhook can come any more.
 */
export const minutesUntilGone = facts.lookup === "none" ? facts.pendingHoursMax * 60 : 31;

function capabilitiesOfTested(): PaymentCapabilities {
  const definition = paymentProvider(testedProvider.id);
  if (!definition) throw new Error(`${testedProvider.id} is in no registry`);
  return definition.capabilities;
}

/** What every unpaid story must show: nothing outside, and nothing on its way. */
export const silence = { refundCases: [], followUps: {}, mails: [], rooms: 0, callbacks: [] } satisfies Partial<EndState>;

export const paidFollowUps = {
  "booking.paid mail-customer-paid": "done",
  "booking.paid mail-professional-paid": "done",
  "booking.paid mail-merchant-paid": "done",
  "booking.paid notify-merchant": "done",
  "booking.paid deliver-callback": "done",
};
/** The customer tried to pay, and the time ended: a bank may still decide. */
export const unpaidFollowUp = (state: string) => ({ "booking.failed mail-customer-unpaid": state });
/**
 * What the customer of a payment that began, and of which the hold has ended, hears of it when money
 * comes late. Where the closing of its page has cancelled it, they were told so at once.
 */
export async function lateTold(world: World & Pick<Stage, "endState">, clinic: Clinic, bookingId: string): Promise<LateTold> {
  const { payments } = await world.endState(clinic, bookingId);
  if (!facts.canCloseEarly || payments[0] === "pending") {
    expect(payments).toEqual(["pending"]);
    return { followUps: unpaidFollowUp("skipped"), mails: [] };
  }
  expect(payments).toEqual(["cancelled"]);
  await settledAtOnce(world, bookingId);
  return { followUps: unpaidFollowUp("done"), mails: ["customer"] };
}
type LateTold = { followUps: Record<string, string>; mails: string[] };

export const paidCallback = callback("booking.paid", 1);

export const openedFollowUps = {
  "refund_case.opened advance-refund": "done",
  "refund_case.opened mail-customer-refund": "done",
  "refund_case.opened mail-merchant-refund": "done",
  "refund_case.opened notify-merchant": "done",
  "refund_case.opened deliver-callback": "done",
};
export const doneFollowUps = { "refund_case.done mail-customer-refund-done": "done", "refund_case.done deliver-callback": "done" };
export const refundedFollowUps = { ...openedFollowUps, ...doneFollowUps };
/** Where no API sends money at all, the first mail has the steps, and no second one repeats them. */
const hasAnyRefund = facts.refunds.voidByApi || facts.refunds.refundByApi;
export const manualFollowUps = {
  "refund_case.manual mail-merchant-refund-manual": hasAnyRefund ? "done" : "skipped",
  "refund_case.manual notify-merchant": "done",
};

export function callback(event: string, sequence: number): EndState["callbacks"][number] {
  return { event, firma: "right", standardWebhook: "right", sequence };
}

type MoneyEnd = {
  state: string;
  payment: string;
  paymentStatus: string;
  followUps: Record<string, string>;
  mails: string[];
  callbacks: string[];
};
const sentByApi: MoneyEnd = {
  state: "done",
  payment: sentBackAs,
  paymentStatus: "refunded",
  followUps: refundedFollowUps,
  mails: ["customer", "customer", "merchant"],
  callbacks: ["refund_case.opened", "refund_case.done"],
};
const leftToPerson: MoneyEnd = {
  state: "manual",
  payment: "approved",
  paymentStatus: "refunding",
  followUps: { ...openedFollowUps, ...manualFollowUps },
  mails: hasAnyRefund ? ["customer", "merchant", "merchant"] : ["customer", "merchant"],
  callbacks: ["refund_case.opened"],
};
/** How a refund ends by itself. Only money of a card can be voided; an API of refunds sends any. */
export const refundOfTransfer = facts.refunds.refundByApi ? sentByApi : leftToPerson;
export const refundOfCard = facts.refunds.voidByApi ? sentByApi : refundOfTransfer;

/** Of a race for one slot: everybody hears of the winner, and the loser of the money that goes back. */
export const mailsOfRace = (winner: string, loser: string): string[] =>
  [winner, "merchant", "professional", ...refundOfCard.mails.map((who) => (who === "customer" ? loser : who))].toSorted();

/** Paid once, confirmed, and everybody told once. An appointment on site: no room. */
export function confirmed(changes: Partial<EndState> = {}): EndState {
  return {
    booking: { status: "confirmed", paymentStatus: "paid" },
    payments: ["approved"],
    claims: ["booked"],
    refundCases: [],
    followUps: paidFollowUps,
    mails: ["customer", "merchant", "professional"],
    rooms: 0,
    callbacks: [paidCallback],
    ...changes,
  };
}

/** Paid, but without the slot: the money goes back, and the customer and the merchant are told. */
export function sentBack(changes: Partial<EndState> = {}, end = refundOfCard): EndState {
  return {
    booking: { status: "cancelled", paymentStatus: end.paymentStatus },
    payments: [end.payment],
    claims: ["expired"],
    refundCases: [{ reason: "capacity_gone", state: end.state, amountMinor: 10_000_000 }],
    followUps: end.followUps,
    mails: end.mails,
    rooms: 0,
    callbacks: callbacksOf(end.callbacks),
    ...changes,
  };
}

/** In their order, each with the next number. */
export const callbacksOf = (events: string[]): EndState["callbacks"] => events.map((event, index) => callback(event, index + 1));

/** Follow-ups that wait for their next try are due now. */
export async function hurryFollowUps(world: World, subjectId: string): Promise<void> {
  await world.owner.query("update follow_up set run_at = now() where subject_id = $1 and state = 'pending'", [subjectId]);
  await hurry(world, "select id::text from follow_up where subject_id = $1::uuid", subjectId);
}

type Stage = {
  pay(checkoutUrl: string, outcome: Outcome): Promise<unknown>;
  endState(clinic: Clinic, bookingId: string): Promise<EndState>;
};

/** Where a page can be closed, it takes no money once its booking has ended. */
export async function expectClosed(world: World & Pick<Stage, "pay">, booking: { id: string; checkoutUrl: string }): Promise<void> {
  await eventually(async () => {
    await hurryPolls(world, booking.id);
    const { rows } = await world.owner.query("select closed_at is not null as closed from payment where checkout_id = $1", [booking.id]);
    expect(rows).toEqual([{ closed: true }]);
  });
  await expect(world.pay(booking.checkoutUrl, "approve")).rejects.toThrow();
}

/** The next ask at the provider about this booking is due now. */
export function hurryPolls(world: World, bookingId: string): Promise<void> {
  return hurry(world, "select 'poll-' || id from payment where checkout_id = $1::uuid", bookingId);
}

/** Nothing asks the provider about this booking by itself any more. Other tests' bookings keep their polls. */
export async function losePolls(world: Pick<World, "owner">, bookingId: string): Promise<void> {
  await world.owner.query(
    "delete from graphile_worker._private_jobs where key in (select 'poll-' || id from payment where checkout_id = $1::uuid)",
    [bookingId],
  );
}

/** The settling of what is in the inbox under this reference, or yet under none, is due now. */
export function hurryInbox(world: World, reference: string): Promise<void> {
  return hurry(
    world,
    "select 'inbox-' || id from inbox_event where reference = $1::text or reference is null and tenant_id in (select tenant_id from payment where reference = $1)",
    reference,
  );
}

/** An event that waits for its checkout has waited half an hour, and its end is due. */
export async function halfAnHourPasses(world: World, reference: string): Promise<void> {
  await world.owner.query("update inbox_event set received_at = received_at - interval '31 minutes' where reference = $1", [reference]);
  await eventually(async () => {
    await hurryInbox(world, reference);
    const { rows } = await world.owner.query("select state from inbox_event where reference = $1 order by received_at limit 1", [
      reference,
    ]);
    expect(rows).not.toEqual([{ state: "unmatched" }]);
  });
}

export type RefundCase = {
  id: string;
  reason: string;
  state: string;
  method: string | null;
  bookingId: string | null;
  amount: number;
  currency: string;
  unproven: string[] | null;
  proof: string | null;
};

export async function refundCases(world: World, clinic: Clinic): Promise<RefundCase[]> {
  const { rows } = await world.owner.query<RefundCase>(
    `select id, reason, state, method, checkout_id as "bookingId", amount_minor::int as amount, currency, unproven, proof
     from refund_case where tenant_id = $1 order by created_at`,
    [clinic.tenantId],
  );
  return rows;
}

/**
 * The subject has follow-ups, and every one has ended, without waiting for the times between their
 * tries.
 */
export function settledAtOnce(world: World, subjectId: string): Promise<void> {
  return eventually(async () => {
    await hurryFollowUps(world, subjectId);
    const { rows } = await world.owner.query<{ job: string; state: string; last_error: string | null }>(
      "select job, state, last_error from follow_up where subject_id = $1",
      [subjectId],
    );
    expect(rows.length).toBeGreaterThan(0);
    // A refund in the provider's panel is watched for as long as it is under way there.
    const own = rows.filter(({ job }) => job !== "watch-outside-refund");
    expect(own.filter((row) => row.state === "pending" || row.state === "waiting")).toEqual([]);
    // What a job does after its ledger row (the confirming) is done when the job is gone.
    const jobs =
      "select key from graphile_worker._private_jobs where key in (select id::text from follow_up where subject_id = $1 and job <> 'watch-outside-refund')";
    expect((await world.owner.query(jobs, [subjectId])).rows).toEqual([]);
  });
}

async function hurry(world: World, keys: string, parameter: string): Promise<void> {
  const due = `update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now() and key in (${keys})`;
  const { rowCount } = await world.owner.query(due, [parameter]);
  if (rowCount) await world.owner.query(`select pg_notify('jobs:insert', '{"count":' || $1::text || '}')`, [rowCount]);
}

/** Settles what is in the clinic's inbox, as the worker would, and nothing else that waits. */
export async function settleInbox(world: World, { tenantId }: Clinic): Promise<void> {
  const stored = "select id from inbox_event where tenant_id = $1 and state = 'received' order by received_at";
  const { rows } = await world.owner.query<{ id: string }>(stored, [tenantId]);
  expect(rows.length).toBeGreaterThan(0);
  for (const { id } of rows) await settleInboxEvent({ tenantId, inboxEventId: id });
}

export type InboxRow = { state: string; reference: string | null };

export async function inbox(world: World, clinic: Clinic): Promise<InboxRow[]> {
  const { rows } = await world.owner.query<InboxRow>("select state, reference from inbox_event where tenant_id = $1 order by received_at", [
    clinic.tenantId,
  ]);
  return rows;
}
