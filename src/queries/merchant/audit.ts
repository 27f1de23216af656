import { type RawBuilder, sql } from "kysely";
import type { AuditEntry, AuditPage, EventFilters } from "#contracts/merchant/audit.ts";
import { actionOf, entityOf, firstWordsOf } from "#domain/audit.ts";
import { inTenant } from "#platform/db.ts";
import { type PagePlace, placeOfRow, readPlace } from "../page-place.ts";

type Wanted = { tenantId: string; filters: EventFilters; cursor?: string | undefined; limit: number };

type Row = {
  id: string;
  at: Date;
  place: string;
  kind: string;
  subject_kind: string;
  subject_id: string;
  details: Record<string, unknown>;
  actor: string;
  actor_name: string | null;
  changes: Record<string, [before: unknown, after: unknown]> | null;
  origin: { address: string | null; browser: string | null } | null;
};

/**
 * What happened, newest first, page by page: events, and every callback that was sent. A cursor
 * that is none begins at the newest.
 */
export async function auditLog({ tenantId, filters, cursor, limit }: Wanted): Promise<AuditPage> {
  const before = readPlace(cursor);
  const rows = await inTenant(tenantId, async (tx) => {
    const page = sql`order by created_at desc, id desc limit ${limit + 1}`;
    const found = await sql<Row>`
      with logged as (
        select id, created_at, kind, subject_kind::text, subject_id, details, actor, changes, origin
        from event where ${all([...conditions(filters, tenantId), ...beforePlace(before)])} ${page}
      ), sent as (
        select id, created_at, kind, subject_kind, subject_id, details, actor, null::jsonb as changes, null::jsonb as origin
        from (${sentCallbacks}) as event
        where ${all([...conditions(filters, tenantId), ...beforePlace(before)])} ${page}
      ), entry as (select * from logged union all select * from sent)
      select entry.id, entry.created_at as at, kind, subject_kind, subject_id, details, actor, changes, origin,
        coalesce(m.name, k.name) as actor_name,
        ${placeOfRow({ createdAt: sql`entry.created_at`, id: sql`entry.id` })} as place
      from entry
      left join member m on entry.actor = 'member:' || m.id
      left join api_key k on entry.actor = 'api-key:' || k.id
      order by entry.created_at desc, entry.id desc limit ${limit + 1}`.execute(tx);
    return found.rows;
  });
  const shown = rows.slice(0, limit);
  return { events: shown.map(entryOf), next: rows.length > limit ? (shown.at(-1)?.place ?? null) : null };
}

/** Attempts have rows of their own; a query in the address may hold a merchant's secret. */
const sentCallbacks = sql`
  select a.tenant_id, a.id, a.created_at, e.subject_kind::text, e.subject_id,
    case when a.status_code between 200 and 299 then 'callback.sent' else 'callback.failed' end as kind,
    jsonb_build_object('url', split_part(a.url, '?', 1), 'status', a.status_code, 'about', e.kind) as details,
    'system'::text as actor, null::jsonb as changes
  from callback_attempt a
  join follow_up f on f.tenant_id = a.tenant_id and f.id = a.follow_up_id
  join event e on e.tenant_id = f.tenant_id and e.id = f.event_id`;

const byPeople = sql`(actor = 'operator' or actor like 'member:%' or actor like 'api-key:%')`;

function conditions({ group, kind, actor, subject, from, to }: EventFilters, tenantId: string): RawBuilder<unknown>[] {
  const day = (date: string, days: number) =>
    sql`((${date}::date + ${days}::int)::timestamp at time zone (select timezone from tenant where tenant_id = ${tenantId}))`;
  return [
    ...(group ? [sql`split_part(kind, '.', 1) = any (${[...firstWordsOf(group)]})`] : []),
    ...(kind ? [sql`kind = ${kind}`] : []),
    ...(actor === "people" ? [byPeople] : []),
    ...(actor === "member" || actor === "api-key" ? [sql`starts_with(actor, ${`${actor}:`})`] : []),
    ...(actor && !["people", "member", "api-key"].includes(actor) ? [sql`actor = ${actor}`] : []),
    // Changes of a merchant's rows are the tenant's events and name the row in their details.
    ...(subject
      ? [
          sql`(subject_id = ${subject}::uuid
            or (changes is not null and exists (select from jsonb_each_text(details) d where d.value = ${subject})))`,
        ]
      : []),
    ...(from ? [sql`created_at >= ${day(from, 0)}`] : []),
    ...(to ? [sql`created_at < ${day(to, 1)}`] : []),
  ];
}

const beforePlace = (place: PagePlace | null): RawBuilder<unknown>[] =>
  place ? [sql`(created_at, id) < (${place.at}::timestamptz, ${place.id}::uuid)`] : [];

const all = (parts: RawBuilder<unknown>[]): RawBuilder<unknown> => (parts.length > 0 ? sql.join(parts, sql` and `) : sql`true`);

function entryOf(row: Row): AuditEntry {
  const { requestId, traceparent: _, ...details } = row.details;
  const subject = { kind: row.subject_kind, id: row.subject_id };
  const [actorKind = "", actorId = null] = row.actor.split(":");
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: actionOf(row.kind),
    kind: row.kind,
    actor: { kind: actorKind, id: actorId, name: row.actor_name },
    entity: entityOf({ kind: row.kind, subject, details }),
    subject,
    changes: Object.entries(row.changes ?? {}).map(([field, [before, after]]) => ({ field, before, after })),
    details: requestId === undefined ? details : { ...details, requestId },
    address: row.origin?.address ?? null,
    browser: row.origin?.browser ?? null,
  };
}
