import { sql } from "kysely";
import { type BookingSight, professionalSeen } from "#contracts/caller.ts";
import type { BookingFilters, BookingRow, BookingsPage } from "#contracts/desk/bookings-list.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { findPlaces, type Place, type Wanted, walk } from "./find-places.ts";

type Wish = { tenantId: string; sight: BookingSight; filters: BookingFilters };

/** Refuses: invalid_request, for a cursor that none of our answers had. */
export async function listBookings({
  cursor,
  limit,
  ...wish
}: Wish & { cursor?: string | undefined; limit: number }): Promise<BookingsPage> {
  const after = cursor === undefined ? null : readCursor(cursor);
  const wanted = wantedOf(wish, after);
  if (!wanted) return { bookings: [], nextCursor: null };
  return inTenant(wish.tenantId, async (tx) => {
    const places = await findPlaces(tx, wanted, limit + 1);
    const shown = places.slice(0, limit);
    const last = shown.at(-1);
    const bookings = await readBookingRows(tx, wish, shown);
    return { bookings, nextCursor: places.length > limit && last ? cursorAt(last) : null };
  });
}

/** How many appointments are read at once for a file. */
const exportWindow = 1_000;

/** Yields all of them piece by piece. No transaction waits for a reader. */
export async function* allBookings(wish: Wish): AsyncGenerator<BookingRow[], void, undefined> {
  let after: Place | null = null;
  do {
    const wanted = wantedOf(wish, after);
    if (!wanted) return;
    const piece = await inTenant(wish.tenantId, async (tx) => {
      const { places, end } = await walkOrFind(tx, wanted);
      return { rows: await readBookingRows(tx, wish, places), end };
    });
    yield piece.rows;
    after = piece.end;
  } while (after !== null);
}

/** A search by an id is no walk: it finds one. */
async function walkOrFind(tx: Tx, wanted: Wanted): Promise<{ places: Place[]; end: Place | null }> {
  const places = wanted.filters.search ? await findPlaces(tx, wanted, exportWindow) : null;
  if (places === null) return walk(tx, wanted, exportWindow);
  return { places, end: places.length === exportWindow ? (places.at(-1) ?? null) : null };
}

/** Returns null where nothing can be theirs. */
function wantedOf({ tenantId, sight, filters }: Wish, after: Place | null): Wanted | null {
  const { professional, order = "newest", ...others } = filters;
  const professionalId = professionalSeen(sight, professional);
  if (professionalId === null) return null;
  return { tenantId, professionalId, filters: others, seesPhones: sight.seesPhones, order, after };
}

type Row = {
  id: string;
  reference: string | null;
  starts_at: Date;
  ends_at: Date;
  service_id: string;
  service: string;
  professional_id: string;
  professional: string;
  customer_name: string;
  customer_email: string;
  customer_phone: string;
  status: BookingRow["status"];
  payment_status: BookingRow["paymentStatus"];
  attendance: BookingRow["attendance"];
  price_minor: number;
  charged_minor: number | null;
  open_minor: number;
  currency: string;
  mode: BookingRow["mode"];
  link_id: string;
  link: string;
  campaign: BookingRow["campaign"];
  created_at: Date;
};

/** A free booking's connection has the tenant's own id; it and the desk's ask nobody. */
export async function readBookingRows(
  tx: Tx,
  { tenantId, sight }: Omit<Wish, "filters">,
  places: readonly Pick<Place, "id">[],
): Promise<BookingRow[]> {
  if (places.length === 0) return [];
  const { rows } = await sql<Row>`
    select b.id, p.reference, b.starts_at, b.ends_at, b.service_id, s.name as service, b.professional_id, r.name as professional,
      k.customer_name, k.customer_email, k.customer_phone, k.status, k.payment_status, b.attendance, b.price_minor,
      c.amount_minor as charged_minor, open_rest(b, k) as open_minor, k.currency, p.mode, b.link_id, l.name as link, b.campaign, k.created_at
    from unnest(${places.map(({ id }) => id)}::uuid[]) with ordinality as place (id, n)
    join booking b on b.tenant_id = ${tenantId} and b.id = place.id
    join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
    join professional r on r.tenant_id = b.tenant_id and r.id = b.professional_id
    join booking_link l on l.tenant_id = b.tenant_id and l.id = b.link_id
    left join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
    left join lateral (
      select p.reference, case when n.kind = 'payment' and n.id <> n.tenant_id then n.mode end as mode
      from payment p left join connection n on n.tenant_id = p.tenant_id and n.id = p.connection_id
      where p.tenant_id = b.tenant_id and p.checkout_id = b.id
      order by (p.id = c.payment_id) is true desc, p.created_at desc limit 1
    ) p on true
    order by place.n`.execute(tx);
  return rows.map((row) => shown(row, sight));
}

function shown(row: Row, { seesPhones }: BookingSight): BookingRow {
  return {
    id: row.id,
    reference: row.reference,
    startsAt: row.starts_at.toISOString(),
    endsAt: row.ends_at.toISOString(),
    service: { id: row.service_id, name: row.service },
    professional: { id: row.professional_id, name: row.professional },
    customer: { name: row.customer_name, email: row.customer_email, phone: seesPhones ? row.customer_phone : null },
    status: row.status,
    paymentStatus: row.payment_status,
    attendance: row.attendance,
    amountMinor: row.price_minor,
    chargedMinor: row.charged_minor,
    openMinor: row.open_minor,
    currency: row.currency,
    mode: row.mode,
    link: { id: row.link_id, name: row.link },
    campaign: row.campaign,
    createdAt: row.created_at.toISOString(),
  };
}

const cursorAt = ({ at, id }: Place): string => Buffer.from(`${at}|${id}`).toString("base64url");
const cursorShape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z)\|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

function readCursor(cursor: string): Place {
  const [, at, id] = cursorShape.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  if (at && id && !Number.isNaN(Date.parse(at))) return { at, id };
  throw new Refusal("invalid_request", "The cursor is none of ours.", [{ path: "cursor", message: "is none of ours" }]);
}
