import { findPaymentConnection } from "#commands/payments/payment-connection.ts";
import { demo } from "#db/demo.ts";
import { inTenant } from "#platform/db.ts";
import { makeCustomers, numberNotices } from "./after-paying.ts";
import { type Clinic, readClinic } from "./clinic.ts";
import { attended, cancelled, gaveBack, moved, noted } from "./desk.ts";
import { linkOpens } from "./link-opens.ts";
import { planVisits, type Visit } from "./plan.ts";
import { insertRows, noRows, type Rows } from "./rows.ts";
import { declined, openStory, paid, type Told } from "./story.ts";

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
    await numberNotices(tx, rows.notification);
    await insertRows(tx, rows);
    await makeCustomers(tx, rows.checkout);
  });
}

function historyRows(clinic: Clinic, visits: readonly Visit[]): Rows {
  const rows = noRows();
  for (const [number, visit] of visits.entries()) writeVisit(openStory({ clinic, rows, visit, number }));
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
