import { type RawBuilder, sql } from "kysely";
import type { CustomersFilters, CustomersPage, ListedCustomer } from "#contracts/customers/customers.ts";
import { type BookingSearch, readSearch } from "#domain/desk/booking-search.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { patterns } from "../desk/find-places.ts";
import { personOf } from "./group.ts";

type Wish = { tenantId: string; filters: CustomersFilters };

/** The newest first: an id begins with the time at which it was made. */
export async function listCustomers({
  tenantId,
  filters,
  cursor,
  limit,
}: Wish & { cursor?: string | undefined; limit: number }): Promise<CustomersPage> {
  return inTenant(tenantId, async (tx) => {
    const ids = await findIds(tx, { filters, after: cursor ?? null, count: limit + 1 });
    const customers = await readRows(tx, ids.slice(0, limit));
    return { customers, nextCursor: ids.length > limit ? (customers.at(-1)?.id ?? null) : null };
  });
}

/** How many are read at once for a file. */
const exportWindow = 1_000;

/** Yields all of them piece by piece. No transaction waits for a reader. */
export async function* allCustomers(wish: Wish): AsyncGenerator<ListedCustomer[], void, undefined> {
  let cursor: string | null = null;
  do {
    const page: CustomersPage = await listCustomers({ ...wish, cursor: cursor ?? undefined, limit: exportWindow });
    yield page.customers;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

type Finding = { filters: CustomersFilters; after: string | null; count: number };

async function findIds(tx: Tx, { filters: { search, only }, after, count }: Finding): Promise<string[]> {
  const wanted = search ? readSearch(search) : null;
  if (search && wanted?.by !== "customer") return [];
  const kept = only
    ? sql`exists (select from customer g where g.tenant_id = c.tenant_id and (g.id = c.id or g.merged_into = c.id)
    and ${only === "blocked" ? sql`g.blocked_at` : sql`g.full_payment_at`} is not null)`
    : sql`true`;
  const { rows } = await sql<{ id: string }>`
    select c.id from customer c
    where c.tenant_id = current_tenant() and c.merged_into is null and ${kept}
      and ${after === null ? sql`true` : sql`c.id < ${after}`}
      and ${search && wanted?.by === "customer" ? sql`c.id in (select ${foundBy(search, wanted)})` : sql`true`}
    order by c.id desc limit ${count}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** More than this is no search: the words are in every name. */
const foundMax = 5_000;

function foundBy(typed: string, { words, digits }: Extract<BookingSearch, { by: "customer" }>): RawBuilder<unknown> {
  const plain = typed.trim().toLowerCase();
  const whole = digits === null ? plain : plain.replaceAll(/\D/g, "").replace(/^0+/, "");
  return sql`find_customers(${patterns(words)}, ${digits}, ${whole}, null, ${foundMax})`;
}

type Row = {
  id: string;
  name: string;
  email: string;
  phone: string;
  since: Date;
  bookings: number;
  no_shows: number;
  last_at: Date | null;
  next_at: Date | null;
  is_blocked: boolean;
  pays_in_full: boolean;
};

async function readRows(tx: Tx, ids: readonly string[]): Promise<ListedCustomer[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`
    select c.id, c.name, c.email, c.phone, g.since, g.is_blocked, g.pays_in_full, b.*
    from unnest(${ids}::uuid[]) with ordinality as place (id, n)
    join customer c on c.tenant_id = current_tenant() and c.id = place.id
    cross join lateral (
      select min(g.since) as since, bool_or(g.blocked_at is not null) as is_blocked, array_agg(g.id) as ids,
        bool_or(g.full_payment_at is not null) as pays_in_full
      from customer g where g.tenant_id = c.tenant_id and (g.id = c.id or g.merged_into = c.id)
    ) g
    cross join lateral (
      select count(*) filter (where k.status in ('paid', 'confirmed'))::int as bookings,
        count(*) filter (where b.attendance = 'no_show')::int as no_shows,
        max(b.starts_at) filter (where b.starts_at <= now() and k.status in ('paid', 'confirmed')) as last_at,
        min(b.starts_at) filter (where b.starts_at > now() and k.status in ('paid', 'confirmed')) as next_at
      from checkout k join booking b on b.tenant_id = k.tenant_id and b.id = k.id
      where k.tenant_id = c.tenant_id and k.customer_id = any (g.ids)
    ) b
    order by place.n`.execute(tx);
  return rows.map((row) => ({
    ...personOf(row),
    since: row.since.toISOString(),
    bookings: row.bookings,
    noShows: row.no_shows,
    lastAt: row.last_at?.toISOString() ?? null,
    nextAt: row.next_at?.toISOString() ?? null,
    isBlocked: row.is_blocked,
    paysInFull: row.pays_in_full,
  }));
}
