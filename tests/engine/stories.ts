import { expect } from "vitest";
import type { PaymentCapabilities } from "#domain/payment-provider.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import type { Clinic } from "../support/clinic.ts";
import { type EndState, eventually } from "../support/end-state.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import type { World } from "../support/world.ts";

/** What the provider under test can do, where a story depends on it. */
export const facts = capabilitiesOfTested();
/** The word for money that its API has sent back whole. */
export const sentBackAs = facts.refunds.voidByApi ? "voided" : "refunded";

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
export const manualFollowUps = { "refund_case.manual mail-merchant-refund-manual": "done", "refund_case.manual notify-merchant": "done" };

export function callback(event: string, sequence: number): EndState["callbacks"][number] {
  return { event, firma: "right", standardWebhook: "right", sequence };
}

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

/** Paid, but without the slot: the money went back, and the customer and the merchant were told. */
export function sentBack(changes: Partial<EndState> = {}): EndState {
  return {
    booking: { status: "cancelled", paymentStatus: "refunded" },
    payments: [sentBackAs],
    claims: ["expired"],
    refundCases: [{ reason: "capacity_gone", state: "done", amountMinor: 10_000_000 }],
    followUps: refundedFollowUps,
    mails: ["customer", "customer", "merchant"],
    rooms: 0,
    callbacks: [callback("refund_case.opened", 1), callback("refund_case.done", 2)],
    ...changes,
  };
}

/** Follow-ups that wait for their next try are due now. */
export async function hurryFollowUps(world: World, subjectId: string): Promise<void> {
  await world.owner.query("update follow_up set run_at = now() where subject_id = $1 and state = 'pending'", [subjectId]);
  await hurry(world, "select id::text from follow_up where subject_id = $1::uuid", subjectId);
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

/** The settling of what is in the inbox under this reference is due now. */
export function hurryInbox(world: World, reference: string): Promise<void> {
  return hurry(world, "select 'inbox-' || id from inbox_event where reference = $1::text", reference);
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

export type InboxRow = { state: string; reference: string | null };

export async function inbox(world: World, clinic: Clinic): Promise<InboxRow[]> {
  const { rows } = await world.owner.query<InboxRow>("select state, reference from inbox_event where tenant_id = $1 order by received_at", [
    clinic.tenantId,
  ]);
  return rows;
}
