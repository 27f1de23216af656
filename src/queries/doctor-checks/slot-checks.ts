import { type Check, paid } from "./check.ts";

/** Sorts spans by professional and compares each with the latest end before it, not pairwise. */
function overlapsIn(spans: string): string {
  return `select tenant_id, id from (
      select tenant_id, id, lower(during) as begins, max(upper(during)) over (partition by tenant_id, professional_id
        order by lower(during), id rows between unbounded preceding and 1 preceding) as others_end
      from (${spans}) spans) sorted where others_end > begins`;
}

/** Another tool sold it, and it had ended before it came here: nobody could sell it again. */
const overBeforeImport = "b.imported and b.ends_at <= k.created_at";

/** Longest buffer and longest wait for a provider's answer that a merchant can set, in minutes. */
const bufferMinutesMax = 240;
const waitMinutesMax = 1440;
/** Longest hold, twice, as opening the payment page extends it once. */
const holdMinutesMax = 120;

export const slotChecks: readonly Check[] = [
  {
    promise: "slot",
    problem: "two booked claims of one professional overlap",
    query: overlapsIn(`select c.tenant_id, c.professional_id, c.id, c.during from slot_claim c where c.state in ('booked', 'past')
      and not exists (select from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
        where b.tenant_id = c.tenant_id and b.id = c.checkout_id and ${overBeforeImport})`),
  },
  {
    promise: "slot",
    problem: "two paid bookings of one professional overlap",
    query: overlapsIn(`select b.tenant_id, b.professional_id, b.id, b.during from booking b
      join checkout k on k.tenant_id = b.tenant_id and k.id = b.id where k.status in ${paid} and not (${overBeforeImport})`),
  },
  {
    promise: "slot",
    problem: "a claim is for another time, professional or service than its booking",
    query: `select c.tenant_id, c.id from slot_claim c join booking b on b.tenant_id = c.tenant_id and b.id = c.checkout_id
      where c.state in ('held', 'paying', 'booked', 'past') and (c.during <> b.during or c.starts_at <> b.starts_at
        or c.ends_at <> b.ends_at or c.professional_id <> b.professional_id or c.service_id <> b.service_id)`,
  },
  {
    promise: "slot",
    problem: "a booking is not where its last move has put it",
    query: `select b.tenant_id, b.id from booking b
      left join (select tenant_id, subject_id, count(*) as moves from event where kind = 'booking.rescheduled' group by 1, 2) told
        on told.tenant_id = b.tenant_id and told.subject_id = b.id
      left join event e on e.tenant_id = b.tenant_id and e.subject_id = b.id and e.kind = 'booking.rescheduled'
        and (e.details ->> 'move')::int = b.moves
      where b.moves <> coalesce(told.moves, 0)
        or (e.details ->> 'toStart')::timestamptz <> b.starts_at or (e.details ->> 'toProfessionalId')::uuid <> b.professional_id`,
  },
  {
    promise: "slot",
    problem: "the span of a booking is not its appointment with buffers",
    query: `select tenant_id, id from booking where not during @> tstzrange(starts_at, ends_at)
      or not tstzrange(starts_at - interval '${bufferMinutesMax} minutes', ends_at + interval '${bufferMinutesMax} minutes') @> during`,
  },
  {
    promise: "slot",
    problem: "a checkout that is over still keeps capacity",
    query: `select c.tenant_id, c.id from slot_claim c join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      where c.state in ('held', 'paying') and k.status <> 'pending'`,
  },
  {
    promise: "slot",
    problem: "a hold ends later than any hold may",
    // A stored approval keeps its slot for three days. A reception gives its customer days to pay,
    // but never longer than until money no longer counts for the appointment.
    query: `select c.tenant_id, c.id from slot_claim c left join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      left join booking b on b.tenant_id = k.tenant_id and b.id = k.id
      where c.state in ('held', 'paying') and (
        case when b.by_hand then k.ends_at > greatest(k.settle_until, k.created_at + interval '15 minutes')
          else k.ends_at > k.created_at + interval '${holdMinutesMax} minutes' end
        or c.expires_at > coalesce(k.ends_at, c.created_at) + interval '${waitMinutesMax + holdMinutesMax} minutes'
          and (c.expires_at > k.ends_at + interval '4 days' or not approval_waits(c.tenant_id, c.checkout_id)))`,
  },
];
