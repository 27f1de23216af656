import { sql } from "kysely";
import type { ApiKeyCaller, MemberCaller } from "#contracts/caller.ts";
import type { Customer, CustomerBooking } from "#contracts/customers/customers.ts";
import { customerBookingsMax, customerNotesMax } from "#contracts/customers/limits.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { actorOf, readCustomerMoney, refundCaseOf } from "../desk/booking-money.ts";
import { findDoubles } from "./doubles.ts";
import { eraseRefusalOf } from "./erase-refusal.ts";
import { type CustomerGroup, personOf, readGroup, restrictionsOf } from "./group.ts";

export type CustomerViewer = Pick<MemberCaller | ApiKeyCaller, "tenantId" | "permissions">;

/** Everything of one customer. Refuses: customer_unknown. */
export function loadCustomer({ viewer, customerId }: { viewer: CustomerViewer; customerId: string }): Promise<Customer> {
  return inTenant(viewer.tenantId, async (tx) => {
    const group = await readGroup(tx, customerId);
    const { head, ids } = group;
    const seesMoney = viewer.permissions.includes("payments.read");
    const { timezone, country } = await tx.selectFrom("tenant").select(["timezone", "country"]).executeTakeFirstOrThrow();
    return {
      ...personOf(head),
      version: head.version,
      locale: head.locale,
      since: new Date(Math.min(...group.all.map(({ since }) => since.getTime()))).toISOString(),
      timezone,
      country,
      contacts: await readContacts(tx, group),
      ...restrictionsOf(group),
      ...(await readFigures(tx, ids)),
      money: seesMoney ? await readCustomerMoney(tx, ids) : null,
      refundCases: seesMoney ? await readRefunds(tx, ids) : null,
      bookings: await readBookings(tx, ids),
      notes: await readCustomerNotes(tx, ids),
      merged: await readMerged(tx, group),
      doubles: await findDoubles(tx, group),
      eraseRefusal: await eraseRefusalOf(tx, ids),
      mayChange: viewer.permissions.includes("customers.change"),
    };
  });
}

/** But those that stand in the customer's own row. */
export async function readContacts(tx: Tx, { head, ids }: CustomerGroup): Promise<Customer["contacts"]> {
  const rows = await tx
    .selectFrom("customer_contact")
    .select(["kind", "value"])
    .where("customer_id", "in", ids)
    .orderBy("kind")
    .orderBy("value")
    .execute();
  return rows.flatMap(({ kind, value }) => {
    if (value === head.email.toLowerCase() || value === head.digits) return [];
    return [{ kind: kind === "email" ? ("email" as const) : ("phone" as const), value }];
  });
}

async function readFigures(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<{ bookings: number; cancelled: number; no_shows: number }>`
    select count(*) filter (where k.status in ('paid', 'confirmed'))::int as bookings,
      count(*) filter (where k.status = 'cancelled')::int as cancelled,
      count(*) filter (where b.attendance = 'no_show')::int as no_shows
    from checkout k join booking b on b.tenant_id = k.tenant_id and b.id = k.id
    where k.tenant_id = current_tenant() and k.customer_id = any (${ids}::uuid[])`.execute(tx);
  return { bookingsCount: rows[0]?.bookings ?? 0, cancelledCount: rows[0]?.cancelled ?? 0, noShows: rows[0]?.no_shows ?? 0 };
}

type Booking = Omit<CustomerBooking, "startsAt"> & { startsAt: Date };

async function readBookings(tx: Tx, ids: readonly string[]): Promise<CustomerBooking[]> {
  const { rows } = await sql<Booking>`
    select b.id, b.starts_at as "startsAt", s.name as service, p.name as professional, k.status, k.payment_status as "paymentStatus",
      b.attendance, b.price_minor as "priceMinor", k.currency
    from checkout k
    join booking b on b.tenant_id = k.tenant_id and b.id = k.id
    join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
    join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
    where k.tenant_id = current_tenant() and k.customer_id = any (${ids}::uuid[])
    order by b.starts_at desc, b.id limit ${customerBookingsMax}`.execute(tx);
  return rows.map((row) => ({ ...row, startsAt: row.startsAt.toISOString() }));
}

async function readRefunds(tx: Tx, ids: readonly string[]): Promise<NonNullable<Customer["refundCases"]>> {
  const rows = await tx
    .selectFrom("refund_case as r")
    .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "r.tenant_id").onRef("k.id", "=", "r.checkout_id"))
    .leftJoin("booking_rest as t", (join) => join.onRef("t.tenant_id", "=", "k.tenant_id").onRef("t.id", "=", "k.id"))
    .selectAll("r")
    .select("t.booking_id")
    .where("k.customer_id", "in", ids)
    .orderBy("r.created_at", "desc")
    .limit(customerBookingsMax)
    .execute();
  return rows.map((row) => ({ ...refundCaseOf(row), bookingId: row.booking_id ?? row.checkout_id }));
}

/** Oldest first, as on a booking's page. */
export async function readCustomerNotes(tx: Tx, ids: readonly string[]): Promise<Customer["notes"]> {
  const { rows } = await sql<{ id: string; text: string; created_at: Date; actor: string; name: string | null }>`
    select n.id, n.text, n.created_at, n.actor, coalesce(m.name, k.name) as name
    from customer_note n
    left join member m on m.tenant_id = n.tenant_id and n.actor = 'member:' || m.id
    left join api_key k on k.tenant_id = n.tenant_id and n.actor = 'api-key:' || k.id
    where n.tenant_id = current_tenant() and n.customer_id = any (${ids}::uuid[])
    order by n.created_at limit ${2 * customerNotesMax}`.execute(tx);
  return rows.map(({ id, text, created_at, actor, name }) => ({ id, text, at: created_at.toISOString(), actor: actorOf(actor, name) }));
}

async function readMerged(tx: Tx, { doubles }: CustomerGroup): Promise<Customer["merged"]> {
  if (doubles.length === 0) return [];
  const { rows } = await sql<{ id: string; may_undo: boolean }>`
    select c.id, coalesce(${isUndoable}, false) as may_undo
    from customer c join tenant t on t.tenant_id = c.tenant_id
    where c.tenant_id = current_tenant() and c.id = any (${doubles.map(({ id }) => id)}::uuid[])`.execute(tx);
  const undoable = new Set(rows.filter(({ may_undo }) => may_undo).map(({ id }) => id));
  return doubles.map((row) => ({ ...personOf(row), at: row.merged_at?.toISOString() ?? null, mayUndo: undoable.has(row.id) }));
}

/** Of a customer `c` and their tenant `t`: on the day of the merge, where the merchant is. */
export const isUndoable = sql<boolean>`(c.merged_at at time zone t.timezone)::date = (now() at time zone t.timezone)::date`;
