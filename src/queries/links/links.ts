import { type RawBuilder, sql } from "kysely";
import type { BookingLink, LinksQuery } from "#contracts/links/links.ts";
import { Refusal } from "#contracts/problem.ts";
import { linkFiguresDays } from "#domain/link-times.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { firstIdAt } from "#platform/ids.ts";
import { placeOfRow, readPlace } from "../page-place.ts";
import { linkAddress } from "../site-address.ts";

type LinkRow = {
  id: string;
  public_id: string;
  name: string;
  service_id: string | null;
  professional_id: string | null;
  expires_at: Date | null;
  is_active: boolean;
  deleted_at: Date | null;
  version: number;
  created_at: Date;
  place: string;
  opens: number;
  paid: number;
};
type Source = { source: string; opens: number; paid: number };

/** Refuses: invalid_request, for a cursor that none of our answers had. */
export async function listLinks(tenantId: string, query: LinksQuery): Promise<{ links: BookingLink[]; nextCursor: string | null }> {
  const { state, search, cursor, limit } = query;
  const after = readPlace(cursor);
  if (cursor !== undefined && !after)
    throw new Refusal("invalid_request", "The cursor is none of ours.", [{ path: "cursor", message: "is none of ours" }]);
  const isWanted = sql`l.deleted_at is ${sql.raw(state === "archived" ? "not null" : "null")}
    and (${search ?? null}::text is null or strpos(lower(l.name || ' ' || l.public_id), lower(${search ?? ""})) > 0)
    and (${after === null}::boolean or (l.created_at, l.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))`;
  const rows = await inTenant(tenantId, (tx) => readLinks(tx, isWanted, limit + 1));
  const page = rows.slice(0, limit);
  return { links: page.map(shown), nextCursor: rows.length > limit ? (page.at(-1)?.place ?? null) : null };
}

/** Also one from the archive. Refuses: link_unknown. */
export async function loadLink(tenantId: string, linkId: string): Promise<BookingLink> {
  const [row] = await inTenant(tenantId, (tx) => readLinks(tx, sql`l.id = ${linkId}`, 1));
  if (!row) throw new Refusal("link_unknown");
  return shown(row);
}

export async function loadLinks(tenantId: string, linkIds: string[]): Promise<BookingLink[]> {
  if (linkIds.length === 0) return [];
  const rows = await inTenant(tenantId, (tx) => readLinks(tx, sql`l.id = any(${linkIds}::uuid[])`, linkIds.length));
  return rows.map(shown);
}

/** Refuses: link_unknown. */
export async function loadLinkDetails(tenantId: string, linkId: string): Promise<BookingLink & { sources: Source[] }> {
  const link = await loadLink(tenantId, linkId);
  const { rows } = await inTenant(tenantId, (tx) =>
    sql<Source>`
      select coalesce(o.source, b.source) as source, coalesce(o.opens, 0)::int as opens, coalesce(b.paid, 0)::int as paid
      from (select source, sum(opens) as opens from link_opens
            where tenant_id = ${tenantId} and link_id = ${linkId} and day > ${firstDay()}::date group by source) o
      full join (select coalesce(b.campaign ->> 'utm_source', '') as source, count(*) as paid ${paidBookings()}
            and b.tenant_id = ${tenantId} and b.link_id = ${linkId} group by 1) b on b.source = o.source
      order by opens desc, paid desc, source limit ${sourcesMax}`.execute(tx),
  );
  return { ...link, sources: rows };
}

const sourcesMax = 50;
const dayMs = 86_400_000;
const figuresSince = (): number => databaseNow() - linkFiguresDays * dayMs;
const firstDay = (): string => new Date(figuresSince()).toISOString().slice(0, 10);

/** An id tells when its checkout was made, so a link's last days are one range of its index. */
const paidBookings = (): RawBuilder<unknown> => sql`from booking b
  join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
  where k.paid_charge_id is not null and b.id >= ${firstIdAt(figuresSince())}::uuid`;

async function readLinks(tx: Tx, isWanted: RawBuilder<unknown>, limit: number): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    with page as (
      select l.* from booking_link l where not l.is_desk and ${isWanted} order by l.created_at desc, l.id desc limit ${limit}
    )
    select l.id, l.public_id, l.name, l.service_id, l.professional_id, l.expires_at, l.is_active, l.deleted_at, l.version,
      l.created_at, ${placeOfRow({ createdAt: sql`l.created_at`, id: sql`l.id` })} as place,
      (select coalesce(sum(o.opens), 0)::int from link_opens o
        where o.tenant_id = l.tenant_id and o.link_id = l.id and o.day > ${firstDay()}::date) as opens,
      (select count(*)::int ${paidBookings()} and b.tenant_id = l.tenant_id and b.link_id = l.id) as paid
    from page l order by l.created_at desc, l.id desc`.execute(tx);
  return rows;
}

function shown(row: LinkRow): BookingLink {
  return {
    id: row.id,
    publicId: row.public_id,
    address: linkAddress(row.public_id),
    name: row.name,
    serviceId: row.service_id,
    professionalId: row.professional_id,
    expiresAt: row.expires_at?.toISOString() ?? null,
    isActive: row.is_active,
    state: stateOf(row),
    version: row.version,
    createdAt: row.created_at.toISOString(),
    figures: { opens: row.opens, paid: row.paid },
  };
}

function stateOf({ deleted_at, is_active, expires_at }: LinkRow): BookingLink["state"] {
  if (deleted_at) return "archived";
  if (!is_active) return "inactive";
  return expires_at && expires_at.getTime() <= databaseNow() ? "expired" : "live";
}
