import { sql } from "kysely";
import { inSystem, type Tx } from "#platform/db.ts";
import { type Check, money, type PromiseName, paid } from "./doctor-checks/check.ts";
import { followUpChecks } from "./doctor-checks/follow-up-checks.ts";
import { keptByDecision, moneyChecks } from "./doctor-checks/money-checks.ts";
import { shopChecks } from "./doctor-checks/shop-checks.ts";
import { slotChecks } from "./doctor-checks/slot-checks.ts";
import { stuckCheck } from "./doctor-checks/stuck-check.ts";

export type Finding = { promise: PromiseName; problem: string; tenantId: string; id: string };

const findingsMax = 100;
/** Rows whose jobs are looked for. */
const keysMax = 100_000;

/** Each check lists what breaks a promise. */
export const checks: readonly Check[] = [
  ...slotChecks,
  ...moneyChecks,
  ...followUpChecks,
  ...shopChecks,
  stuckCheck,
  {
    promise: "slot",
    problem: "a paid booking has no booked claim, or more than one",
    query: `select b.tenant_id, b.id from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id where k.status in ${paid}
      and (select count(*) from slot_claim c where c.tenant_id = b.tenant_id and c.checkout_id = b.id and c.state in ('booked', 'past')) <> 1`,
  },
  {
    promise: "slot",
    problem: "a booked claim belongs to a booking that is not paid",
    query: `select c.tenant_id, c.id from slot_claim c join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      where c.state in ('booked', 'past') and k.status not in ${paid}`,
  },
  {
    promise: "money",
    problem: "an approved charge is neither what paid nor a refund case",
    query: `select c.tenant_id, c.id from charge c where c.status in ${money} and c.amount_minor > 0
      and not exists (select from checkout k where k.tenant_id = c.tenant_id and k.paid_charge_id = c.id and k.status in ${paid})
      and not exists (select from refund_case r where r.tenant_id = c.tenant_id and r.charge_id = c.id)
      and not exists (${keptByDecision})`,
  },
  {
    promise: "money",
    problem: "an approved charge is both what paid and a refund case that nobody asked for",
    query: `select c.tenant_id, c.id from charge c join refund_case r on r.tenant_id = c.tenant_id and r.charge_id = c.id
      join checkout k on k.tenant_id = c.tenant_id and k.paid_charge_id = c.id where k.status in ${paid} and r.reason not in ('requested', 'withdrawal')`,
  },
  {
    promise: "money",
    problem: "refund cases send back more than their charge",
    query: `select c.tenant_id, c.id from charge c join refund_case r on r.tenant_id = c.tenant_id and r.charge_id = c.id
      where r.withdrawn_at is null group by c.tenant_id, c.id, c.amount_minor having sum(r.amount_minor) > c.amount_minor`,
  },
  {
    promise: "money",
    problem: "a paid checkout names a charge that does not exist",
    query: `select k.tenant_id, k.id from checkout k where k.paid_charge_id is not null
      and not exists (select from charge c where c.tenant_id = k.tenant_id and c.id = k.paid_charge_id)`,
  },
  {
    promise: "money",
    problem: "a refund case is past its deadline",
    query: `select r.tenant_id, r.id from refund_case r where r.state <> 'done' and r.due_at < now()`,
  },
  {
    promise: "slot",
    problem: "a checkout became paid after the last moment for its money",
    query: `select k.tenant_id, k.id from checkout k join event e on e.tenant_id = k.tenant_id and e.subject_id = k.id
      where e.kind = k.kind || '.paid' and e.created_at >= k.settle_until`,
  },
  {
    promise: "money",
    problem: "a verified event waits for its settling for more than an hour",
    query: `select e.tenant_id, e.id from inbox_event e where e.state in ('received', 'unmatched') and e.received_at < now() - interval '1 hour'`,
  },
  {
    promise: "hold",
    problem: "a pending checkout outlived its claim by more than ten minutes",
    // It may wait for an answer as long as its merchant says, and for a stored approval.
    query: `select k.tenant_id, k.id from checkout k join tenant t on t.tenant_id = k.tenant_id
      where k.paid_charge_id is null and k.status = 'pending' and not approval_waits(k.tenant_id, k.id)
        and k.ends_at + interval '12 minutes' < now()
        and (k.ends_at + make_interval(mins => t.answer_wait_minutes + 10) < now()
          or not exists (select from payment p where p.tenant_id = k.tenant_id and p.checkout_id = k.id
            and (is_unanswered(p) or p.asked_at > now() - interval '10 minutes')))`,
  },
  {
    promise: "hold",
    problem: "a charge that was approved in time lost its slot",
    // An approval may have been noticed late, so the provider's own time counts if it tells one;
    // else the case's. A merchant with `on_decline = release` has ended the hold by choice,
    // and a provider's silence has ended it when the merchant's wait was over.
    query: `select r.tenant_id, r.id from refund_case r join checkout k on k.tenant_id = r.tenant_id and k.id = r.checkout_id
      join booking b on b.tenant_id = k.tenant_id and b.id = k.id join charge c on c.tenant_id = r.tenant_id and c.id = r.charge_id
      where r.reason = 'capacity_gone' and b.capacity_policy = 'hold' and least(r.created_at, c.approved_at) <= k.ends_at
        and not exists (select from event e where e.tenant_id = k.tenant_id and e.subject_id = k.id and e.created_at < r.created_at
          and (e.kind = 'booking.failed' or e.kind = 'booking.expired' and e.details ->> 'isAnswered' = 'false'))`,
  },
  {
    promise: "silence",
    problem: "a booking has a meeting room but was never paid",
    query: `select b.tenant_id, b.id from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
      where b.meeting_url is not null and k.paid_charge_id is null`,
  },
  {
    promise: "callback",
    problem: "a follow-up is due for more than fifteen minutes",
    query: `select f.tenant_id, f.id from follow_up f where f.state = 'pending' and f.run_at < now() - interval '15 minutes'`,
  },
  {
    promise: "callback",
    problem: "a follow-up waits for one that has ended",
    query: `select f.tenant_id, f.id from follow_up f join follow_up w on w.tenant_id = f.tenant_id and w.event_id = f.event_id and w.job = f.waits_for
      where f.state = 'waiting' and w.state in ('done', 'skipped', 'attention')`,
  },
];

/** What breaks a promise in the data, at most 100 findings per check. Changes nothing. */
export async function examine(): Promise<Finding[]> {
  return inSystem(async (tx) => {
    // One snapshot: between two statements a payment may be settled and its job end.
    await sql`set transaction isolation level repeatable read`.execute(tx);
    return examineIn(tx);
  });
}

/** The same, of what one transaction sees. */
export async function examineIn(tx: Tx): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    const { promise, problem } = check;
    for (const { tenant_id: tenantId, id } of await broken(tx, check)) findings.push({ promise, problem, tenantId, id });
  }
  return findings;
}

type Row = { tenant_id: string; id: string; job_key?: string };

async function broken(tx: Tx, { query, isKeptByJob }: Check): Promise<Row[]> {
  const { rows } = await sql<Row>`${sql.raw(query)} limit ${isKeptByJob ? keysMax : findingsMax}`.execute(tx);
  if (!isKeptByJob || rows.length === 0) return rows;
  const keys = rows.map((row) => row.job_key);
  const lost = await sql<{ key: string }>`
    select key from unnest(${keys}::text[]) wanted (key) where not exists (
      select from graphile_worker.jobs j where j.key = wanted.key and j.attempts < j.max_attempts) limit ${findingsMax}`.execute(tx);
  const lostKeys = new Set(lost.rows.map(({ key }) => key));
  return rows.filter((row) => row.job_key !== undefined && lostKeys.has(row.job_key));
}
