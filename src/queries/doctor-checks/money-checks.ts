import { unsettledStates } from "#domain/payment-states.ts";
import { silentDaysMax } from "#domain/poll-ladder.ts";
import { type Check, money, paid } from "./check.ts";

const unsettled = `('${unsettledStates.join("', '")}')`;
/** Follow-ups that still move something: run, or handed to a person. */
const alive = "('waiting', 'pending', 'attention')";
const sentBack = `(select coalesce(sum(r.amount_minor), 0) from refund_case r
  where r.tenant_id = c.tenant_id and r.charge_id = c.id and r.withdrawn_at is null`;

/** Of a cancelled checkout, if a person or the terms have decided that nothing goes back. */
export const keptByDecision = `select from checkout k
  join event e on e.tenant_id = k.tenant_id and e.subject_id = k.id and e.kind = k.kind || '.cancelled'
  where k.tenant_id = c.tenant_id and k.paid_charge_id = c.id and k.status = 'cancelled'
    and e.details ->> 'refund' in ('none', 'by_terms') and (e.details ->> 'refundMinor')::bigint = 0`;

export const moneyChecks: readonly Check[] = [
  {
    promise: "money",
    problem: "what paid a checkout is not the amount that was asked for",
    query: `select k.tenant_id, k.id from checkout k join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
      left join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id and p.checkout_id = k.id
      where p.id is null or (c.amount_minor, c.currency) <> (p.amount_minor, p.currency)
        or (c.amount_minor, c.currency) <> (k.amount_minor, k.currency)`,
  },
  {
    promise: "money",
    problem: "the money of a paid checkout is not there, and nobody was asked what becomes of it",
    query: `select k.tenant_id, k.id from checkout k join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
      where k.status in ${paid} and c.status not in ${money} and ${sentBack} and r.state = 'done') < c.amount_minor
        and k.reversal_answer is null`,
  },
  {
    promise: "money",
    problem: "a paid checkout has no event that says so",
    query: `select k.tenant_id, k.id from checkout k where k.status in ${paid} and not exists (
      select from event e where e.tenant_id = k.tenant_id and e.subject_id = k.id
        and e.kind in (k.kind || '.paid', k.kind || '.imported'))`,
  },
  {
    promise: "money",
    problem: "a refund case sends back another amount than its event says",
    // What a signed event alone had shown was replaced by what the provider says.
    query: `select r.tenant_id, r.id from refund_case r
      join charge c on c.tenant_id = r.tenant_id and c.id = r.charge_id
      left join lateral (select e.details from event e where e.tenant_id = r.tenant_id and e.subject_id = coalesce(r.checkout_id, r.id)
        and e.kind = 'refund_case.opened' and e.details ->> 'refundCaseId' = r.id::text order by e.created_at desc limit 1) opened on true
      where r.currency <> c.currency or opened.details is null or (not opened.details ? 'unproven'
        and ((opened.details ->> 'amountMinor')::bigint <> r.amount_minor or opened.details ->> 'currency' <> r.currency))`,
  },
  {
    promise: "money",
    problem: "no refund case sends back what a cancellation said",
    query: `select k.tenant_id, k.id from checkout k
      join event e on e.tenant_id = k.tenant_id and e.subject_id = k.id and e.kind = k.kind || '.cancelled'
      where (e.details ->> 'refundMinor')::bigint > 0 and not exists (select from refund_case r where r.tenant_id = k.tenant_id
        and r.checkout_id = k.id and r.reason = 'cancelled' and r.amount_minor = (e.details ->> 'refundMinor')::bigint)`,
  },
  {
    promise: "money",
    problem: "refund cases send back less than their charge, which paid for nothing",
    query: `select c.tenant_id, c.id from charge c where c.outcome = 'refund_case' and ${sentBack}) < c.amount_minor`,
  },
  {
    promise: "money",
    problem: "a refund case is done without a proof",
    query: "select r.tenant_id, r.id from refund_case r where r.state = 'done' and r.proof is null",
  },
  {
    promise: "money",
    problem: "a refund case is open and nothing advances it",
    query: `select r.tenant_id, r.id from refund_case r where r.state in ('open', 'armed', 'observing') and not exists (
      select from event e join follow_up f on f.tenant_id = e.tenant_id and f.event_id = e.id
      where e.tenant_id = r.tenant_id and e.subject_id = coalesce(r.checkout_id, r.id) and e.details ->> 'refundCaseId' = r.id::text
        and f.job = 'advance-refund' and f.state in ${alive})`,
  },
  {
    promise: "money",
    problem: "a payment may still be approved and nobody asks about it",
    // Without an answer the polls go on for a month.
    query: `select p.tenant_id, p.id, 'poll-' || p.id as job_key from payment p where p.can_be_asked and p.status in ${unsettled}
      and (p.payable_until > now() or p.failures > 0 and p.payable_until > now() - interval '${silentDaysMax - 1} days')`,
    isKeptByJob: true,
  },
  {
    promise: "money",
    problem: "a signed approval was ignored, and nothing says why",
    query: `select e.tenant_id, e.id from inbox_event e where e.state = 'ignored' and e.is_approval and not exists (
      select from event why where why.tenant_id = e.tenant_id and why.subject_id = e.id and why.kind = 'inbox_event.contradicted')`,
  },
  {
    promise: "money",
    problem: "a signed approval counts as settled, and its charge is not recorded",
    query: `select e.tenant_id, e.id from inbox_event e join payment p on p.tenant_id = e.tenant_id and p.reference = e.reference
      where e.state in ('settled', 'refund_case') and e.is_approval and e.provider_charge_id is not null
        and not exists (select from charge c where c.tenant_id = e.tenant_id and c.provider_charge_id = e.provider_charge_id)`,
  },
  {
    promise: "money",
    problem: "a verified event waits and nothing will settle it",
    query: `select e.tenant_id, e.id, 'inbox-' || e.id as job_key from inbox_event e where e.state in ('received', 'unmatched')`,
    isKeptByJob: true,
  },
];
