import { sql } from "kysely";
import { type BookingSight, professionalSeen } from "#contracts/caller.ts";
import type { Calendar, CalendarEntry, CalendarProfessional } from "#contracts/desk/calendar.ts";
import { calendarDaysMax } from "#contracts/desk/calendar.ts";
import { Refusal } from "#contracts/problem.ts";
import type { CheckoutPaymentStatus } from "#domain/checkout-states.ts";
import { closedSpans, openSpans, type Span } from "#domain/professionals/openings.ts";
import { daysAsSpan } from "#domain/slots.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { readTimetables, type Timetable } from "./timetables.ts";

type Asked = { tenantId: string; from: string; to: string; sight: BookingSight; professionalId?: string | undefined };
/** Of everybody (undefined), of nobody (null), or of one. */
type Shown = { professionalId: string | null | undefined; seesPhones: boolean };

const entriesMax = 2000;
/** No appointment is longer, so one that reaches into the range begins no earlier before it. */
const hoursMax = 24;

/** Dates are inclusive and in the tenant's zone. Refuses: invalid_request, range_too_long. */
export function loadCalendar({ tenantId, from, to, sight, professionalId }: Asked): Promise<Calendar> {
  const shown: Shown = { professionalId: professionalSeen(sight, professionalId), seesPhones: sight.seesPhones };
  return inTenant(tenantId, async (tx) => {
    const { timezone } = await tx.selectFrom("tenant").select("timezone").executeTakeFirstOrThrow();
    const range = daysAsSpan(from, to, timezone);
    if (range.end <= range.start)
      throw new Refusal("invalid_request", "`to` is before `from`.", [{ path: "to", message: "is before from" }]);
    if (range.end - range.start > (calendarDaysMax + 0.1) * 86_400_000) throw new Refusal("range_too_long");
    const entries = await readEntries(tx, range, shown);
    const listed = entries.slice(0, entriesMax);
    const booked = new Set(listed.map(({ professionalId }) => professionalId));
    const timetables = (await readTimetables(tx, timetablesOf(shown, from, to))).filter(
      ({ id, isArchived }) => !isArchived || booked.has(id),
    );
    return {
      timezone,
      from,
      to,
      professionals: timetables.map((timetable) => professionalOf(timetable, range)),
      entries: listed,
      isCut: entries.length > entriesMax,
    };
  });
}

/** A day more on each side: a professional's dates may be another zone's. */
function timetablesOf({ professionalId }: Shown, from: string, to: string) {
  const days = { from: Temporal.PlainDate.from(from).subtract({ days: 1 }), to: Temporal.PlainDate.from(to).add({ days: 1 }) };
  const dates = { from: days.from.toString(), to: days.to.toString() };
  return professionalId === undefined ? dates : { ...dates, ids: [professionalId ?? nobody] };
}
/** The nil UUID is nobody's. */
const nobody = "00000000-0000-0000-0000-000000000000";

function professionalOf(timetable: Timetable, range: Span): CalendarProfessional {
  const { id, name, photoUrl, timezone, serviceIds, exceptions } = timetable;
  const within = (spans: Span[]) => spans.filter((span) => span.start < range.end && span.end > range.start).map(spanAsText);
  const absences = exceptions.flatMap((one) =>
    within(closedSpans(range, { timezone, exceptions: [one] })).map((span) => ({ exceptionId: one.id, note: one.note, ...span })),
  );
  return { id, name, photoUrl, timezone, serviceIds, open: within(openSpans(range, timetable)), absences };
}

const spanAsText = ({ start, end }: Span) => ({ start: new Date(start).toISOString(), end: new Date(end).toISOString() });

type Row = {
  bookingId: string | null;
  id: string;
  professionalId: string;
  starts_at: Date;
  ends_at: Date;
  kept_from: Date;
  kept_until: Date;
  state: CalendarEntry["state"];
  paymentStatus: CheckoutPaymentStatus | null;
  serviceId: string;
  serviceName: string;
  online: boolean;
  customerName: string | null;
  customerPhone: string | null;
  openMinor: number | null;
  currency: string | null;
  soldMinor: number | null;
  todayMinor: number;
};

/** Paid appointments of any time by their own index, and the holds that live, which are few. */
async function readEntries(tx: Tx, range: Span, { professionalId, seesPhones }: Shown): Promise<CalendarEntry[]> {
  const [start, end] = [new Date(range.start), new Date(range.end)];
  const own = professionalId === undefined ? sql`true` : sql`one.professional_id = ${professionalId ?? nobody}`;
  const touches = sql`one.starts_at < ${end} and one.starts_at > ${start}::timestamptz - make_interval(hours => ${hoursMax})
    and one.ends_at > ${start} and ${own}`;
  const { rows } = await sql<Row>`
    with entries as (
      select k.id as "bookingId", one.id, one.professional_id, one.service_id, one.starts_at, one.ends_at, one.during,
        k.status::text as state, k.payment_status, k.customer_name, k.customer_phone, open_rest(one, k) as open_minor, k.currency,
        case when not one.imported then one.price_minor::bigint end as sold_minor
      from booking one join checkout k on k.tenant_id = one.tenant_id and k.id = one.id
      where k.status in ('paid', 'confirmed') and ${touches}
      union all
      select k.id, one.id, one.professional_id, one.service_id, one.starts_at, one.ends_at, one.during,
        one.state::text, k.payment_status, k.customer_name, k.customer_phone, null::bigint, null, null::bigint
      from slot_claim one left join checkout k on k.tenant_id = one.tenant_id and k.id = one.checkout_id
      where one.state in ('held', 'paying') and one.expires_at > now() and ${touches}
    )
    select e."bookingId", e.id, e.professional_id as "professionalId", e.starts_at, e.ends_at, lower(e.during) as kept_from,
      upper(e.during) as kept_until, e.state, e.payment_status as "paymentStatus", s.id as "serviceId", s.name as "serviceName",
      s.online, e.customer_name as "customerName", e.customer_phone as "customerPhone", e.open_minor as "openMinor", e.currency,
      e.sold_minor as "soldMinor", s.price_minor::bigint as "todayMinor"
    from entries e join service s on s.id = e.service_id
    order by e.starts_at, e.id limit ${entriesMax + 1}`.execute(tx);
  return rows.map((row) => ({
    bookingId: row.bookingId,
    id: row.id,
    professionalId: row.professionalId,
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    keptFrom: row.kept_from.toISOString(),
    keptUntil: row.kept_until.toISOString(),
    state: row.state,
    paymentStatus: row.paymentStatus,
    open: row.openMinor === null || row.currency === null ? null : { amountMinor: row.openMinor, currency: row.currency },
    price:
      row.soldMinor === null || row.currency === null
        ? null
        : { soldMinor: row.soldMinor, todayMinor: row.todayMinor, currency: row.currency },
    service: { id: row.serviceId, name: row.serviceName, online: row.online },
    customer: row.customerName === null ? null : { name: row.customerName, phone: seesPhones ? row.customerPhone : null },
  }));
}
