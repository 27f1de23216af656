import { type RawBuilder, sql } from "kysely";
import type { BookingOrder } from "#contracts/desk/booking-limits.ts";
import type { BookingFilters } from "#contracts/desk/bookings-list.ts";
import { type BookingSearch, readSearch } from "#domain/desk/booking-search.ts";
import type { Tx } from "#platform/db.ts";

/** Where a booking stands in the list. `at` is its start with microseconds. */
export type Place = { at: string; id: string };

export type Wanted = {
  tenantId: string;
  /** Of everybody if it is undefined. */
  professionalId: string | undefined;
  filters: Omit<BookingFilters, "professional" | "order">;
  /** Whoever may not see phone numbers learns nothing of them by a search either. */
  seesPhones: boolean;
  order: BookingOrder;
  /** The first place that follows this one. */
  after: Place | null;
};

/** `end` is where the window ends. It is null if nothing comes behind it. */
type Window = { places: Place[]; end: Place | null };

/** What a list reads of the appointments before it asks an index by the customer or the status. */
const windows = [500, 4_000];
/** Whoever is found so often in the first window is frequent: the second one may fill the page. */
const frequentFrom = 3;
/** Where no such index helps. */
const lastWindow = 20_000;

/**
 * Returns the next places, in order. Walks along the appointments first: what is frequent is found
 * there at once. What is not is rare, and is fetched whole by an index of its own and put in order.
 */
export async function findPlaces(tx: Tx, wanted: Wanted, count: number): Promise<Place[]> {
  const search = searchOf(wanted);
  if (search?.by === "nothing") return [];
  const rare = candidatesOf(wanted, search);
  if (rare && search && search.by !== "customer") return placesAmong(tx, { ...wanted, rare, count });
  const found: Place[] = [];
  let after = wanted.after;
  const isPlain = !search && !wanted.filters.status;
  for (let step = 0; ; step += 1) {
    const size = isPlain ? count : windows[step];
    // A walk reads every name that it passes, the index only those that fit.
    const isRare = size === undefined || (step > 0 && found.length < frequentFrom);
    if (rare && isRare) return [...found, ...(await placesAmong(tx, { ...wanted, after, rare, count: count - found.length }))];
    const { places, end } = await walk(tx, { ...wanted, after }, size ?? lastWindow);
    found.push(...places);
    if (found.length >= count || end === null) return found.slice(0, count);
    after = end;
  }
}

/** Returns what the next `size` appointments have of what is wanted. */
export async function walk(tx: Tx, wanted: Wanted, size: number): Promise<Window> {
  const { forward, backward } = directions(wanted);
  const { rows } = await sql<Place & { is_found: boolean; walked: number }>`
    with walked as materialized (
      select b.tenant_id, b.id, b.starts_at from booking b where ${appointments(wanted)} order by ${forward} limit ${size}
    )
    select b.id, ${placeOf} as at, ${customers(wanted)} as is_found, (select count(*)::int from walked) as walked
    from walked b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    where ${customers(wanted)} or b.id = (select b.id from walked b order by ${backward} limit 1)
    order by ${forward}`.execute(tx);
  const last = rows.at(-1);
  return {
    places: rows.filter((row) => row.is_found).map(({ at, id }) => ({ at, id })),
    end: last && last.walked === size ? { at: last.at, id: last.id } : null,
  };
}

async function placesAmong(tx: Tx, wanted: Wanted & { rare: RawBuilder<unknown>; count: number }): Promise<Place[]> {
  const { status } = wanted.filters;
  const { rows } = await sql<Place>`
    with candidate as materialized (${wanted.rare})
    select b.id, ${placeOf} as at
    from candidate join booking b on b.tenant_id = ${wanted.tenantId} and b.id = candidate.id
    where ${appointments(wanted)}
      and (${status ?? null}::text is null or (select k.status from checkout k where k.tenant_id = b.tenant_id and k.id = b.id) = ${status ?? null})
    order by ${directions(wanted).forward} limit ${wanted.count}`.execute(tx);
  return rows;
}

/** Returns null if what is wanted may be frequent, or only the appointments' indexes know it. */
function candidatesOf({ filters, tenantId }: Wanted, search: BookingSearch | null): RawBuilder<unknown> | null {
  if (search?.by === "id") return sql`select ${search.id}::uuid as id`;
  if (search?.by === "reference")
    return sql`select checkout_id as id from payment where tenant_id = ${tenantId} and reference = ${search.reference}`;
  if (search?.by === "customer") return sql`select find_bookings(${patterns(search.words)}, ${search.digits}) as id`;
  if (!filters.status || filters.status === "confirmed") return null;
  return sql`select id from checkout where tenant_id = ${tenantId} and status = ${filters.status} and status <> 'confirmed'`;
}

function searchOf({ filters, seesPhones }: Wanted): BookingSearch | null {
  if (!filters.search) return null;
  const search = readSearch(filters.search);
  return search.by === "customer" && !seesPhones ? { ...search, digits: null } : search;
}

/** What the list's indexes know: tenant, professional, service and time. */
function appointments({ tenantId, professionalId, filters, after, order }: Wanted): RawBuilder<unknown> {
  const { service, from, to } = filters;
  const day = (date: string, days: number) =>
    sql`((${date}::date + ${days}::int)::timestamp at time zone (select timezone from tenant where tenant_id = ${tenantId}))`;
  const beyond = sql.raw(order === "soonest" ? ">" : "<");
  return sql.join(
    [
      sql`b.tenant_id = ${tenantId}`,
      ...(professionalId ? [sql`b.professional_id = ${professionalId}`] : []),
      ...(service ? [sql`b.service_id = ${service}`] : []),
      ...(from ? [sql`b.starts_at >= ${day(from, 0)}`] : []),
      ...(!from && order === "soonest" ? [sql`b.starts_at >= ${today(tenantId)}`] : []),
      ...(to ? [sql`b.starts_at < ${day(to, 1)}`] : []),
      ...(after ? [sql`(b.starts_at, b.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
    ],
    sql` and `,
  );
}

const today = (tenantId: string) =>
  sql`(select date_trunc('day', now() at time zone timezone) at time zone timezone from tenant where tenant_id = ${tenantId})`;

/** What only the checkout knows: its status and its customer. */
function customers({ filters, ...wanted }: Wanted): RawBuilder<unknown> {
  const search = searchOf({ filters, ...wanted });
  const parts = filters.status ? [sql`k.status = ${filters.status}`] : [];
  if (search?.by === "customer") parts.push(fits(search));
  return parts.length > 0 ? sql`(${sql.join(parts, sql` and `)})` : sql`true`;
}

/** The same as find_bookings asks. */
function fits({ words, digits }: Extract<BookingSearch, { by: "customer" }>): RawBuilder<boolean> {
  const customer = sql`searchable_customer(k.customer_name, k.customer_email)`;
  const used = words.filter((word) => word !== "%").map((word) => sql`${customer} like searchable(${word})`);
  const named = sql<boolean>`(${sql.join(used, sql` and `)})`;
  return digits === null ? named : sql<boolean>`(${named} or phone_digits(k.customer_phone) like ${digits})`;
}

export const patterns = (words: readonly string[]) => sql`array[${sql.join(words.map((word) => sql`searchable(${word})`))}]`;

const placeOf = sql<string>`to_char(b.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

function directions({ order }: Wanted): { forward: RawBuilder<unknown>; backward: RawBuilder<unknown> } {
  const [up, down] = [sql`b.starts_at, b.id`, sql`b.starts_at desc, b.id desc`];
  return order === "soonest" ? { forward: up, backward: down } : { forward: down, backward: up };
}
