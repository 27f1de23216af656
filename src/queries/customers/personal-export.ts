import { sql } from "kysely";
import type { PersonalExport } from "#contracts/customers/personal-export.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { Tx } from "#platform/db.ts";
import { readAllAnswers } from "../booking-answers.ts";
import { readNotes } from "../desk/booking-money.ts";
import { readPersonalOrders } from "../shop/personal-orders.ts";
import { eventsOf, moneyOf } from "./checkout-export.ts";
import { readContacts, readCustomerNotes } from "./customer-page.ts";
import { checkoutsOf } from "./erase-refusal.ts";
import { personOf, readGroup, restrictionsOf } from "./group.ts";

/** Everything that `commands/customers/personal-data.ts` lists, as a person may have it. */
export async function readPersonalData(tx: Tx, customerId: string): Promise<PersonalExport> {
  const group = await readGroup(tx, customerId);
  const { head, ids } = group;
  const tenant = await tx.selectFrom("tenant").select(["name", "controller_name"]).executeTakeFirstOrThrow();
  const bookings = await readBookings(tx, ids);
  return {
    merchant: { name: tenant.name, controller: tenant.controller_name },
    madeAt: new Date(databaseNow()).toISOString(),
    customer: {
      ...personOf(head),
      locale: head.locale,
      since: head.since.toISOString(),
      contacts: await readContacts(tx, group),
      ...restrictionsOf(group),
    },
    notes: (await readCustomerNotes(tx, ids)).map(({ at, text }) => ({ at, text })),
    bookings,
    orders: await readPersonalOrders(tx, ids),
  };
}

type Row = {
  id: string;
  created_at: Date;
  starts_at: Date;
  ends_at: Date;
  service: string;
  professional: string;
  status: string;
  attendance: string | null;
  customer_name: string;
  customer_email: string;
  customer_phone: string;
  locale: string;
  customer_timezone: string | null;
  accepted_terms_at: Date | null;
  campaign: Record<string, string> | null;
};

async function readBookings(tx: Tx, ids: readonly string[]): Promise<PersonalExport["bookings"]> {
  const { rows } = await sql<Row>`
    select b.id, k.created_at, b.starts_at, b.ends_at, s.name as service, p.name as professional, k.status, b.attendance,
      k.customer_name, k.customer_email, k.customer_phone, k.locale, b.customer_timezone, k.accepted_terms_at, b.campaign
    from (${checkoutsOf(ids)}) theirs
    join checkout k on k.tenant_id = current_tenant() and k.id = theirs.id
    join booking b on b.tenant_id = k.tenant_id and b.id = k.id
    join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
    join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
    order by b.starts_at`.execute(tx);
  const bookings: PersonalExport["bookings"] = [];
  for (const row of rows) bookings.push(await bookingOf(tx, row));
  return bookings;
}

async function bookingOf(tx: Tx, row: Row): Promise<PersonalExport["bookings"][number]> {
  const { id } = row;
  return {
    id,
    createdAt: row.created_at.toISOString(),
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    service: row.service,
    professional: row.professional,
    status: row.status,
    attendance: row.attendance,
    name: row.customer_name,
    email: row.customer_email,
    phone: row.customer_phone,
    locale: row.locale,
    timezone: row.customer_timezone,
    acceptedTermsAt: row.accepted_terms_at?.toISOString() ?? null,
    campaign: row.campaign,
    answers: (await readAllAnswers(tx, id)).map(({ question, answer }) => ({ question, answer })),
    notes: (await readNotes(tx, id)).map(({ at, text }) => ({ at, text })),
    ...(await moneyOf(tx, id)),
    events: await eventsOf(tx, id),
  };
}
