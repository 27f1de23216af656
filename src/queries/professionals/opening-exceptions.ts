import { sql } from "kysely";
import type { BookingInTheWay, OpeningExceptionAnswer, OpeningExceptions } from "#contracts/openings.ts";
import { Refusal } from "#contracts/problem.ts";
import { exceptionsMax } from "#domain/professionals/limits.ts";
import { isCovered, type OpeningException, type Span, touchesClosed } from "#domain/professionals/openings.ts";
import { inTenant, type Tx } from "#platform/db.ts";

type Asked = { tenantId: string; professionalId: string; seesBookings: boolean };

/** Of one absence. The count tells how many there are. */
const listedMax = 100;
/** Paid appointments of one professional that are read to find those in the way. */
const readMax = 2000;

/** From yesterday on, in order, each with what lies in its way. Refuses: professional_unknown. */
export function listOpeningExceptions({ tenantId, professionalId, seesBookings }: Asked): Promise<OpeningExceptions> {
  return inTenant(tenantId, async (tx) => {
    const timezone = await timezoneOf(tx, professionalId);
    const exceptions = await readExceptions(tx, professionalId);
    const isAway = exceptions.some(({ kind }) => kind === "closed");
    const claims = isAway ? await readClaims(tx, professionalId) : [];
    return { timezone, exceptions: exceptions.map((each) => withBookings({ each, exceptions, claims, timezone, seesBookings })) };
  });
}

async function timezoneOf(tx: Tx, professionalId: string): Promise<string> {
  const found = await tx
    .selectFrom("professional as p")
    .innerJoin("tenant as t", "t.tenant_id", "p.tenant_id")
    .select((select) => select.fn.coalesce("p.timezone", "t.timezone").as("timezone"))
    .where("p.id", "=", professionalId)
    .executeTakeFirst();
  if (!found) throw new Refusal("professional_unknown");
  return found.timezone;
}

type Read = OpeningException & { id: string; note: string };

/** The only reading of exceptions for people; the catalogue has its own for slots. */
function readExceptions(tx: Tx, professionalId: string): Promise<Read[]> {
  const clock = (column: "starts_at" | "ends_at") => sql<string | null>`left(${sql.ref(column)}::text, 5)`;
  return tx
    .selectFrom("opening_exception")
    .select(["id", "kind", "note", sql<string>`from_date::text`.as("from"), sql<string>`to_date::text`.as("to")])
    .select([clock("starts_at").as("startsAt"), clock("ends_at").as("endsAt")])
    .where("professional_id", "=", professionalId)
    .where("to_date", ">=", sql<Date>`current_date - 1`)
    .orderBy("from_date")
    .orderBy("starts_at", (order) => order.asc().nullsFirst())
    .orderBy("id")
    .limit(exceptionsMax)
    .execute();
}

type ReadClaim = Omit<BookingInTheWay, "start" | "end"> & Span & { isPaid: boolean };

/** Everything to come that is paid, and every live hold. */
async function readClaims(tx: Tx, professionalId: string): Promise<ReadClaim[]> {
  const rows = await tx
    .selectFrom("slot_claim as c")
    .leftJoin("checkout as o", (join) => join.onRef("o.tenant_id", "=", "c.tenant_id").onRef("o.id", "=", "c.checkout_id"))
    .innerJoin("service as s", (join) => join.onRef("s.tenant_id", "=", "c.tenant_id").onRef("s.id", "=", "c.service_id"))
    .select(["c.id as claimId", "c.checkout_id", "c.starts_at", "c.ends_at", "c.state", "s.name as serviceName", "o.customer_name"])
    .where("c.professional_id", "=", professionalId)
    .where("c.ends_at", ">", sql<Date>`now()`)
    .where((where) =>
      where.or([
        where("c.state", "=", "booked"),
        where.and([where("c.state", "in", ["held", "paying"]), where("c.expires_at", ">", sql<Date>`now()`)]),
      ]),
    )
    .orderBy("c.starts_at")
    .limit(readMax)
    .execute();
  return rows.map(({ claimId, checkout_id, starts_at, ends_at, state, serviceName, customer_name }) => ({
    id: checkout_id ?? claimId,
    start: starts_at.getTime(),
    end: ends_at.getTime(),
    serviceName,
    customerName: customer_name ?? "",
    isPaid: state === "booked",
  }));
}

type Around = { each: Read; exceptions: readonly Read[]; claims: readonly ReadClaim[]; timezone: string; seesBookings: boolean };

function withBookings({ each, exceptions, claims, timezone, seesBookings }: Around): OpeningExceptionAnswer {
  const inTheWay = each.kind === "closed" ? claims.filter((claim) => touchesClosed(claim, { timezone, exceptions: [each] })) : [];
  const paid = inTheWay.filter(({ isPaid }) => isPaid);
  const listed = paid.slice(0, listedMax).map(({ id, start, end, serviceName, customerName }) => ({
    id,
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    serviceName,
    customerName,
  }));
  return {
    ...each,
    isCovered: each.kind === "extra" && isCovered(each, exceptions),
    bookings: seesBookings ? listed : null,
    bookingsCount: paid.length,
    holdsCount: inTheWay.length - paid.length,
  };
}
