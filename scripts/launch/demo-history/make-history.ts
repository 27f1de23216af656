import { sql } from "kysely";
import { findPaymentConnection } from "#commands/payments/payment-connection.ts";
import { demo } from "#db/demo.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type Clinic, readClinic } from "./clinic.ts";
import { attended, cancelled, gaveBack, moved, noted } from "./desk.ts";
import { linkOpens } from "./link-opens.ts";
import { countNotices } from "./notices.ts";
import { planVisits, type Visit } from "./plan.ts";
import { insertRows, noRows, type Rows } from "./rows.ts";
import { declined, openStory, paid, type Told } from "./story.ts";
import { visitsOf } from "./visits.ts";

/** Another number is another clinic. */
const seed = 2026;

/**
 * Three months of bookings and the next two weeks, written as the product's commands would have
 * left them: in one transaction, and nothing goes out.
 */
export async function makeHistory(simulatorsUrl: string): Promise<void> {
  const clinic = await readClinic(simulatorsUrl);
  const rows = historyRows(clinic, planVisits({ catalog: clinic.catalog, now: clinic.now, seed }));
  await inTenant(demo.tenantId, async (tx) => {
    // Makes the connection of free checkouts.
    await findPaymentConnection(tx, { tenantId: demo.tenantId, provider: undefined, amountMinor: 0 });
    await insertRows(tx, rows);
    await keepCustomers(tx, rows);
  });
}

/** As mark_paid does for everybody who pays. */
async function keepCustomers(tx: Tx, { checkout }: Rows): Promise<void> {
  const paid = checkout.filter(({ paid_charge_id }) => paid_charge_id !== null);
  const given = JSON.stringify(paid.map(({ tenant_id: tenantId, id: checkoutId }) => ({ tenantId, checkoutId })));
  const ids = paid.map(({ id }) => id);
  await sql`
    with kept as materialized (select keep_customers(${given}::jsonb, ${ids}::uuid[]) as customers)
    update checkout k set customer_id = (customers ->> k.id::text)::uuid from kept
    where k.tenant_id = ${demo.tenantId} and k.id = any (${ids}::uuid[])`.execute(tx);
}

function historyRows(clinic: Clinic, visits: readonly Visit[]): Rows {
  const rows = noRows();
  for (const [number, visit] of visits.entries()) {
    const told = openStory({ clinic, rows, visit, number });
    rows.visit.push(...visitsOf(told, clinic));
    writeVisit(told);
  }
  countNotices(rows, clinic);
  rows.link_opens.push(...linkOpens(visits, clinic));
  return rows;
}

/** In the order of time, because callbacks are counted. */
function writeVisit(told: Told): void {
  const { visit, claim, paidAt } = told;
  if (visit.isFailed) {
    claim.state = "expired";
    declined(told, paidAt - 30_000);
    return;
  }
  if (visit.isDeclinedFirst) declined(told, paidAt - 70_000);
  const charge = paid(told);
  const steps: [at: number, step: () => void][] = [];
  const { note, attendance, cancelled: cancellation, goodwill } = visit;
  if (note) steps.push([note.at, () => noted(told, note)]);
  if (visit.moved) steps.push([visit.moved.at, () => visit.moved && moved(told, visit.moved)]);
  if (attendance) steps.push([attendance.at, () => attended(told, attendance)]);
  if (cancellation) steps.push([cancellation.at, () => cancelled(told, charge, cancellation)]);
  if (goodwill) steps.push([goodwill.at, () => gaveBack(told, charge, goodwill)]);
  for (const [, step] of steps.sort(([a], [b]) => a - b)) step();
}
