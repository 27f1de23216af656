import { followUps } from "#domain/follow-ups.ts";
import type { Check } from "./check.ts";

/** Every rule of domain/follow-ups.ts as a row of kind, job and conditions. */
const rules = Object.entries(followUps)
  .flatMap(([kind, rows]) => rows.map(({ job, when = [] }) => `('${kind}', '${job}', '{${when.join(",")}}'::text[])`))
  .join(", ");

/** Every job, but for those meant for people who have not paid. */
const needingMoney = Object.values(followUps)
  .flatMap((rows) => rows.filter(({ isBeforeMoney }) => !isBeforeMoney).map(({ job }) => job))
  .concat("mail-member-notice")
  .map((job) => `'${job}'`)
  .join(", ");

export const followUpChecks: readonly Check[] = [
  {
    promise: "silence",
    problem: "a room, mail or callback exists for a checkout without money",
    // Two amounts for one charge are a person's business, whether it was paid or not.
    query: `select f.tenant_id, f.id from follow_up f join checkout k on k.tenant_id = f.tenant_id and k.id = f.subject_id
      left join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
      where f.job in (${needingMoney}) and e.kind is distinct from 'payment.facts_differ'
        and not exists (select from charge c join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
          where p.tenant_id = k.tenant_id and p.checkout_id = k.id and c.outcome is not null)`,
  },
  {
    promise: "callback",
    problem: "an event lacks a room, mail, callback or other follow-up that its rules want",
    // By what held when it was logged. The merchant may have changed their settings since.
    query: `select distinct e.tenant_id, e.subject_id as id from event e
      join (values ${rules}) rule (kind, job, conditions) on rule.kind = e.kind and rule.conditions <@ e.conditions
      where not exists (select from follow_up f where f.tenant_id = e.tenant_id and f.event_id = e.id and f.job = rule.job)`,
  },
  {
    promise: "callback",
    problem: "what an event says of its subject is not what the booking says",
    query: `select b.tenant_id, b.id from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
      where b.online <> ('online' = any (k.traits)) or exists (select from event e where e.tenant_id = b.tenant_id and e.subject_id = b.id
        and e.kind = 'booking.paid' and (b.online <> ('online' = any (e.conditions)) or not 'was_paid' = any (e.conditions)))`,
  },
  {
    promise: "callback",
    problem: "a follow-up has ended and nothing shows what it did",
    query: `select f.tenant_id, f.id from follow_up f where f.state = 'skipped' and f.last_error is null
      or f.state = 'done' and (f.effect is null or f.done_at is null
        or f.job = 'create-room' and exists (select from booking b where b.tenant_id = f.tenant_id and b.id = f.subject_id and b.meeting_url is null)
        or f.job = 'notify-merchant' and not exists (select from notification n where n.tenant_id = f.tenant_id and n.follow_up_id = f.id)
        or f.job = 'deliver-callback' and not (
          exists (select from callback_message m where m.tenant_id = f.tenant_id and m.id = f.id)
          and exists (select from callback_attempt a where a.tenant_id = f.tenant_id and a.follow_up_id = f.id and a.status_code between 200 and 299)))`,
  },
  {
    promise: "callback",
    problem: "a follow-up waits for one that does not exist",
    query: `select f.tenant_id, f.id from follow_up f where f.state = 'waiting' and not exists (
      select from follow_up w where w.tenant_id = f.tenant_id and w.event_id = f.event_id and w.job = f.waits_for)`,
  },
  {
    promise: "callback",
    problem: "a follow-up is pending and no job will run it",
    query: "select f.tenant_id, f.id, f.id::text as job_key from follow_up f where f.state = 'pending'",
    isKeptByJob: true,
  },
  {
    promise: "callback",
    problem: "a checkout is paid, all its follow-ups have ended, and it was not confirmed",
    // While one of them may still end it, domain/ways-out.ts says how long.
    query: `select k.tenant_id, k.id from checkout k
      left join event e on e.tenant_id = k.tenant_id and e.subject_id = k.id and e.kind = k.kind || '.paid'
      where k.status = 'paid' and least(k.updated_at, e.created_at) < now() - interval '15 minutes' and not exists (
        select from follow_up f where f.tenant_id = e.tenant_id and f.event_id = e.id and f.state in ('waiting', 'pending', 'attention'))`,
  },
];
