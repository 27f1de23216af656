import { sql } from "kysely";
import { type BookingSight, professionalSeen } from "#contracts/caller.ts";
import type { BookingRow } from "#contracts/desk/bookings-list.ts";
import type { Calendar } from "#contracts/desk/calendar.ts";
import { gapsOf } from "#domain/desk/gaps.ts";
import { daysAsSpan } from "#domain/slots.ts";
import { inTenant } from "#platform/db.ts";
import { readBookingRows } from "./bookings-list.ts";

type Whose = { tenantId: string; sight: BookingSight };
/** YYYY-MM-DD, by the tenant's clock. */
type Day = { day: string; timezone: string };

/** More are on the list of bookings. */
const bookingsMax = 60;

/** Who comes on a day, in order. `more`: beyond those. */
export function loadComing({ tenantId, sight, day, timezone }: Whose & Day): Promise<{ bookings: BookingRow[]; more: number }> {
  const professionalId = professionalSeen(sight, undefined);
  if (professionalId === null) return Promise.resolve({ bookings: [], more: 0 });
  const { start, end } = daysAsSpan(day, day, timezone);
  const own = professionalId === undefined ? sql`true` : sql`b.professional_id = ${professionalId}`;
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<{ id: string; total: number }>`
      select b.id, (count(*) over ())::int as total
      from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
      where b.tenant_id = ${tenantId} and b.starts_at >= ${new Date(start)} and b.starts_at < ${new Date(end)} and ${own}
        and k.status in ('paid', 'confirmed')
      order by b.starts_at, b.id limit ${bookingsMax}`.execute(tx);
    return { bookings: await readBookingRows(tx, { tenantId, sight }, rows), more: (rows[0]?.total ?? 0) - rows.length };
  });
}

export type Gaps = { professional: { id: string; name: string }; spans: { start: string; end: string }[] }[];

/** When each professional is still free on the calendar's day. Leaves out who is not. */
export function gapsIn({ professionals, entries }: Calendar, now: number): Gaps {
  return professionals.flatMap(({ id, name, open, absences }) => {
    const kept = entries.filter(({ professionalId }) => professionalId === id).map(({ keptFrom, keptUntil }) => span(keptFrom, keptUntil));
    const away = absences.map(({ start, end }) => span(start, end));
    const spans = gapsOf({ open: open.map(({ start, end }) => span(start, end)), taken: [...kept, ...away], now });
    const shown = spans.map(({ start, end }) => ({ start: new Date(start).toISOString(), end: new Date(end).toISOString() }));
    return shown.length > 0 ? [{ professional: { id, name }, spans: shown }] : [];
  });
}

const span = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end) });

export type NewBooking = { id: string; customer: string; service: string; startsAt: string };
const newestMax = 5;

/** Bookings that were paid since a day began, the newest first, and how many there are. */
export function loadNewSince({ tenantId, sight, day, timezone }: Whose & Day): Promise<{ newest: NewBooking[]; count: number }> {
  const professionalId = professionalSeen(sight, undefined);
  if (professionalId === null) return Promise.resolve({ newest: [], count: 0 });
  const own = professionalId === undefined ? sql`true` : sql`b.professional_id = ${professionalId}`;
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<Omit<NewBooking, "startsAt"> & { starts_at: Date; total: number }>`
      select b.id, k.customer_name as customer, s.name as service, b.starts_at, (count(*) over ())::int as total
      from event e
        join booking b on b.tenant_id = e.tenant_id and b.id = e.subject_id
        join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
        join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
      where e.tenant_id = ${tenantId} and e.created_at >= ${new Date(daysAsSpan(day, day, timezone).start)} and e.kind = 'booking.paid' and ${own}
      order by e.created_at desc, e.id limit ${newestMax}`.execute(tx);
    const newest = rows.map(({ starts_at, total: _, ...booking }) => ({ ...booking, startsAt: starts_at.toISOString() }));
    return { newest, count: rows[0]?.total ?? 0 };
  });
}
