import { sql } from "kysely";
import { type WayOut, waysOut } from "#domain/ways-out.ts";
import { inSystem } from "#platform/db.ts";

export type PromiseName = "slot" | "money" | "hold" | "silence" | "callback";
export type Finding = { promise: PromiseName; problem: string; tenantId: string; id: string };

const findingsMax = 100;

const money = "('approved', 'refunding', 'partly_refunded', 'disputed')";
const paid = "('paid', 'confirmed')";

/** Rows that time should have moved on. */
function leftIn(place: string, ways: Record<string, WayOut<string>>): string[] {
  return Object.entries(ways).flatMap(([state, way]) =>
    way === "over" || "person" in way
      ? []
      : [`select tenant_id, id from ${place} = '${state}' and ${way.since} < now() - interval '${way.minutesMax} minutes'`],
  );
}

const stuck = [
  ...leftIn("checkout where status", waysOut.checkout),
  ...leftIn("payment where status", waysOut.payment),
  ...leftIn("slot_claim where state", waysOut.slot_claim),
  // A signed event's unknown charge is asked for longer than a case may be open.
  ...leftIn("refund_case where unproven is null and state", waysOut.refund_case),
  ...leftIn("inbox_event where state", waysOut.inbox_event),
  ...leftIn("follow_up where job <> 'deliver-callback' and state", waysOut.follow_up),
  ...leftIn("follow_up where job = 'deliver-callback' and state", waysOut.callback),
].join(" union all ");

/** Each check lists what breaks a promise; an empty list is a kept promise. */
export const checks: readonly { promise: PromiseName; problem: string; query: string }[] = [
  {
    promise: "slot",
    problem: "two booked claims of one professional overlap",
    query: `select a.tenant_id, a.id from slot_claim a join slot_claim b on b.tenant_id = a.tenant_id and b.professional_id = a.professional_id
      and b.id <> a.id and b.during && a.during where a.state in ('booked', 'past') and b.state in ('booked', 'past')`,
  },
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
      and not exists (select from refund_case r where r.tenant_id = c.tenant_id and r.charge_id = c.id)`,
  },
  {
    promise: "money",
    problem: "an approved charge is both what paid and a refund case that nobody asked for",
    query: `select c.tenant_id, c.id from charge c join refund_case r on r.tenant_id = c.tenant_id and r.charge_id = c.id
      join checkout k on k.tenant_id = c.tenant_id and k.paid_charge_id = c.id where k.status in ${paid} and r.reason <> 'requested'`,
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
    problem: "the money of a paid checkout went back, and nobody was asked what becomes of it",
    query: `select k.tenant_id, k.id from checkout k join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
      where k.status in ${paid} and c.status in ('voided', 'refunded', 'charged_back') and k.reversal_answer is null
        and not exists (select from refund_case r where r.tenant_id = c.tenant_id and r.charge_id = c.id)`,
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
    problem: "a row is in a state that time should have ended",
    query: stuck,
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
    problem: "a room, mail or callback exists for a checkout without money",
    query: `select f.tenant_id, f.id from follow_up f join checkout k on k.tenant_id = f.tenant_id and k.id = f.subject_id
      where f.job in ('create-room', 'mail-customer-paid', 'mail-professional-paid', 'mail-merchant-paid', 'mail-customer-room',
        'mail-professional-room', 'deliver-callback')
        and not exists (select from charge c join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
          where p.tenant_id = k.tenant_id and p.checkout_id = k.id and c.outcome is not null)`,
  },
  {
    promise: "silence",
    problem: "a booking has a meeting room but was never paid",
    query: `select b.tenant_id, b.id from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
      where b.meeting_url is not null and k.paid_charge_id is null`,
  },
  {
    promise: "callback",
    problem: "a paid checkout of a merchant with a callback address has no callback",
    query: `select k.tenant_id, k.id from checkout k join tenant t on t.tenant_id = k.tenant_id and t.callback_url is not null
      join event e on e.tenant_id = k.tenant_id and e.subject_id = k.id and e.kind = k.kind || '.paid' and e.created_at > t.updated_at
      where not exists (select from follow_up f where f.tenant_id = e.tenant_id and f.event_id = e.id and f.job = 'deliver-callback')`,
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
    const findings: Finding[] = [];
    for (const { promise, problem, query } of checks) {
      const { rows } = await sql<{ tenant_id: string; id: string }>`${sql.raw(query)} limit ${findingsMax}`.execute(tx);
      findings.push(...rows.map((row) => ({ promise, problem, tenantId: row.tenant_id, id: row.id })));
    }
    return findings;
  });
}
