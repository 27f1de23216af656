import { expect, test } from "vitest";
import { aboutFeeOf as feeOf } from "#commands/connections/provider-fees.ts";
import { settleCharge } from "#commands/settlement/settle-charge.ts";
import { type Customer, customer, customersPage } from "#contracts/customers/customers.ts";
import { monthTotals } from "#contracts/ledger/ledger.ts";
import { type MoneySum, metrics } from "#contracts/metrics/metrics.ts";
import type { ChargeState } from "#domain/payment-states.ts";
import { loadTodayTotals } from "#queries/ledger/month-totals.ts";
import { settledAtOnce } from "#tests/engine/stories.ts";
import type { Clinic } from "#tests/support/clinic.ts";
import { slotStart } from "#tests/support/customer.ts";
import { eventually } from "#tests/support/end-state.ts";
import { testedProvider } from "#tests/support/payers/tested-provider.ts";
import { prepareStage } from "#tests/support/stage.ts";
import { appointmentIn, bookAndPay, bookingOf, type Desk, deskOf } from "../desk/desk.ts";
import { ask, expectShape } from "../request.ts";

const stage = prepareStage({ keepsPromises: true });
const [price, deposit] = [10_000_000, 2_500_000];
const rest = price - deposit;

/** What the bank says of the money that paid a booking, as its provider would tell it. */
async function bankSays({ tenantId }: Clinic, bookingId: string, state: ChargeState): Promise<void> {
  const { rows } = await stage.owner.query(
    `select c.connection_id, c.provider_charge_id, c.reference, c.amount_minor, c.currency, c.method, c.approved_at
     from checkout k join charge c on c.id = k.paid_charge_id where k.id = $1`,
    [bookingId],
  );
  const { connection_id: connectionId, provider_charge_id: providerChargeId, reference, currency, method } = rows[0];
  const amountMinor = Number(rows[0].amount_minor);
  const fact = { providerChargeId, reference, state, providerStatus: state, amountMinor, currency, method, finalizedAt: null };
  expect(await settleCharge({ tenantId, connectionId, fact })).toBe(true);
}

async function refundsAreDone(desk: Desk, id: string): Promise<void> {
  await eventually(async () => expect((await bookingOf(desk, id)).refundCases).toMatchObject([{ state: "done" }]));
}

/** A day on which everything happens to money that may. Returns the bookings in that order. */
async function merchantsDay(clinic: Clinic, desk: Desk): Promise<string[]> {
  const { depositServiceId: serviceId, professionalId } = clinic;
  const online = await bookAndPay(stage, clinic, 0);

  const atDesk = await bookAndPay(stage, clinic, 1, { serviceId });
  expect((await desk(`${atDesk.id}/on-site`, { json: { method: "cash", of: "rest", expectedMinor: rest } })).status).toBe(200);

  const byLink = await bookAndPay(stage, clinic, 2, { serviceId });
  await desk(`${byLink.id}/rest`, { json: { mail: false } });
  const json = { provider: testedProvider.id };
  const page = (await ask(stage, `/api/bookings/${byLink.id}/payments?token=${byLink.token}`, { json })).body as { checkoutUrl: string };
  await stage.pay(page.checkoutUrl, "approve");
  await eventually(async () => expect((await bookingOf(desk, byLink.id)).rest).toMatchObject({ state: "paid" }));

  const person = { name: "Rosa Díaz", email: `rosa@${clinic.link}.example`, phone: "300 765 4321" };
  const wish = { serviceId: clinic.serviceId, professionalId, start: slotStart(3), customer: person };
  const made = await desk("by-hand", { json: { ...wish, payment: { by: "on_site", method: "transfer" } } });
  expect(made.status, made.text).toBe(201);
  const byHand = made.body as { id: string };

  const partly = await bookAndPay(stage, clinic, 4);
  await desk(`${partly.id}/refunds`, { json: { amountMinor: 3_000_000, seenLeftMinor: price } });
  await partlyBack(desk, partly.id);
  const cancelled = await bookAndPay(stage, clinic, 5);
  await desk(`${cancelled.id}/cancel`, { json: { refund: "full" } });
  await refundsAreDone(desk, cancelled.id);

  const missed = await bookAndPay(stage, clinic, 6);
  await appointmentIn(stage, missed.id, -3);
  await desk(`${missed.id}/attendance`, { method: "PUT", json: { attendance: "no_show" } });

  const disputed = await bookAndPay(stage, clinic, 7);
  await bankSays(clinic, disputed.id, "disputed");
  const lost = await bookAndPay(stage, clinic, 8);
  await bankSays(clinic, lost.id, "charged_back");
  const ids = [online, atDesk, byLink, byHand, partly, cancelled, missed, disputed, lost].map(({ id }) => id);
  for (const id of ids) await settledAtOnce(stage, id);
  return ids;
}

/** A provider that sends no parts back leaves them to a person. */
async function partlyBack(desk: Desk, id: string): Promise<void> {
  await eventually(async () => expect((await bookingOf(desk, id)).refundCases?.[0]?.state).toMatch(/^(manual|done)$/));
  const [refund] = (await bookingOf(desk, id)).refundCases ?? [];
  if (refund?.state === "manual")
    await desk(`../refund-cases/${refund.id}/proof`, { method: "PUT", json: { proof: "Transferencia 8841" } });
  await refundsAreDone(desk, id);
}

const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

async function customersOf(desk: Desk): Promise<Customer[]> {
  const { customers } = expectShape(customersPage, (await desk("../customers")).body);
  return Promise.all(customers.map(async ({ id }) => expectShape(customer, (await desk(`../customers/${id}`)).body)));
}

test("ledger, today's takings, figures, customers and bookings tell one merchant's day by the same sums", async () => {
  const clinic = await stage.openClinic();
  const desk = await deskOf(stage, clinic);
  const ids = await merchantsDay(clinic, desk);
  // Real money and that of test payments are told apart everywhere; this day's is real.
  await stage.owner.query("update connection set mode = 'production' where tenant_id = $1", [clinic.tenantId]);
  const [takenMinor, refundedMinor] = [ids.length * price, 3_000_000 + price];

  const { period, days } = expectShape(monthTotals, (await desk("../ledger/days")).body);
  // A dispute's money is with the bank while it lasts.
  const ledger = { takenMinor, refundedMinor, reversedMinor: 2 * price, netMinor: takenMinor - refundedMinor - 2 * price };
  expect(added(period)).toEqual(ledger);
  expect(added(days)).toEqual(ledger);
  const timezone = "America/Bogota";
  expect(added(await loadTodayTotals({ tenantId: clinic.tenantId, timezone, feeOf }))).toEqual(ledger);

  const figures = expectShape(metrics, (await desk("../metrics?by=service")).body);
  const money = (sums: readonly MoneySum[]) => [sum(sums.map((one) => one.revenueMinor)), sum(sums.map((one) => one.refundedMinor))];
  // Not less what banks took back: the page says so.
  expect(money(figures.money ?? [])).toEqual([takenMinor, refundedMinor]);
  expect(money(figures.rows.flatMap((row) => row.money ?? []))).toEqual([takenMinor, refundedMinor]);

  const bookings = await Promise.all(ids.map((id) => bookingOf(desk, id)));
  const paid = bookings.map((one) => one.money.paidMinor + (one.rest?.state === "paid" ? one.rest.amountMinor : 0));
  expect(sum(paid)).toBe(takenMinor);
  expect(sum(bookings.map((one) => one.money.sentBackMinor))).toBe(refundedMinor);
  const left = bookings.map((one) => one.money.leftMinor + (one.rest?.leftMinor ?? 0));
  const customers = (await customersOf(desk)).flatMap((one) => one.money ?? []);
  expect(sum(customers.map((one) => one.paidMinor))).toBe(takenMinor);
  expect(sum(customers.map((one) => one.sentBackMinor))).toBe(refundedMinor);
  // To a purchase a dispute's money still belongs; what the bank has taken for good does not.
  expect(sum(customers.map((one) => one.spentMinor))).toBe(takenMinor - refundedMinor - price);
  expect(sum(left)).toBe(takenMinor - refundedMinor - price);
  expect(sum(bookings.map((one) => one.money.restMinor))).toBe(0);
});

type Ledger = { takenMinor: number; refundedMinor: number; reversedMinor: number; netMinor: number };

function added(totals: readonly Ledger[]): Ledger {
  return {
    takenMinor: sum(totals.map((one) => one.takenMinor)),
    refundedMinor: sum(totals.map((one) => one.refundedMinor)),
    reversedMinor: sum(totals.map((one) => one.reversedMinor)),
    netMinor: sum(totals.map((one) => one.netMinor)),
  };
}
