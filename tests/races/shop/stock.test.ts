import { expect, test } from "vitest";
import { settleCharge } from "#commands/settlement/settle-charge.ts";
import type { Clinic } from "../../support/clinic.ts";
import { claimOrder, type OpenOrder, openOrder } from "../../support/shop/order.ts";
import { makeCode, openShop, shelfOf, stockVariant } from "../../support/shop/shelf.ts";
import { prepareStage } from "../../support/stage.ts";
import { approvalOf, expectNoDeadlocks, inCrowds, isLongForm, onPaymentPage } from "../contest.ts";
import { endsOf, numbersOf, settleOrder, tally } from "./orders.ts";

/** Many want the same pieces: exactly those get them that there are pieces for. */
const stage = prepareStage({ worker: false, keepsPromises: true });
expectNoDeadlocks(stage);

const buyers = isLongForm ? 1000 : 200;

async function openOwn(): Promise<Clinic> {
  const clinic = await stage.openClinic({ callback: false });
  await openShop(stage, clinic);
  return clinic;
}

test(`of 50 pieces, ${buyers} buyers of one get 50, and all are paid at the same moment`, async () => {
  const clinic = await openOwn();
  const { tenantId } = clinic;
  const variantId = await stockVariant(stage, clinic, { onHand: 50 });
  const won: OpenOrder[] = [];
  const buy = async () => void won.push(await openOrder({ tenantId, lines: [{ variantId, quantity: 1 }] }));
  expect(tally(await inCrowds(Array.from({ length: buyers }, () => buy)))).toEqual({ done: 50, out_of_stock: buyers - 50 });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 50, changes: 50, claims: { paying: 50 } });
  // Bookings are settled in the same batches.
  const bookings = await Promise.all([0, 1, 2, 3].map((n) => onPaymentPage({ world: stage, clinic }, n)));
  await inCrowds([
    ...won.map((order) => () => settleOrder(clinic, order)),
    ...bookings.map((booking) => () => settleCharge(approvalOf({ world: stage, clinic }, booking))),
  ]);
  expect(await endsOf(stage, clinic)).toEqual({ paid: 50 });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 0, changes: 0, claims: { booked: 50 } });
  expect(await numbersOf(stage, clinic)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  const { rows } = await stage.owner.query("select distinct status from checkout where id = any ($1)", [bookings.map(({ id }) => id)]);
  expect(rows).toEqual([{ status: "paid" }]);
});

test("carts of many lines in any order take all of them or none, and wait for each other in no circle", async () => {
  const clinic = await openOwn();
  const { tenantId } = clinic;
  const shelf = await Promise.all(Array.from({ length: 8 }, () => stockVariant(stage, clinic, { onHand: 10 })));
  const carts = Array.from({ length: isLongForm ? 400 : 80 }, () => {
    const lines = shelf.toSorted(() => Math.random() - 0.5).slice(0, 2 + Math.floor(Math.random() * 4));
    return lines.map((variantId) => ({ variantId, quantity: 1 + Math.floor(Math.random() * 2) }));
  });
  const won: OpenOrder[] = [];
  await inCrowds(carts.map((lines) => async () => void won.push(await openOrder({ tenantId, lines }))));
  expect(won.length).toBeGreaterThan(4);
  await inCrowds(won.map((order) => () => settleOrder(clinic, order)));
  expect(await endsOf(stage, clinic)).toEqual({ paid: won.length });
  const { rows } = await stage.owner.query<{ lines: number; claims: number }>(
    `select (select count(*)::int from order_line where tenant_id = $1) as lines,
       (select count(*)::int from stock_claim where tenant_id = $1 and state = 'booked') as claims`,
    [tenantId],
  );
  expect(rows[0]?.lines).toBe(rows[0]?.claims);
  for (const variantId of shelf) {
    const { onHand, changes, claims } = await shelfOf(stage, variantId);
    expect([onHand, changes]).toEqual([10 - (claims["booked"] ?? 0), onHand]);
  }
});

test("a code for 10 uses is used 10 times, and once by each customer", async () => {
  const clinic = await openOwn();
  const { tenantId } = clinic;
  // Each buys something else: only the code makes them wait for each other.
  const shelf = await Promise.all(Array.from({ length: 80 }, () => stockVariant(stage, clinic)));
  const discountId = await makeCode(stage, clinic, { usesMax: 10, usesPerCustomerMax: 1 });
  const won: OpenOrder[] = [];
  const buy = (n: number) => async () => {
    const email = `customer${n % 40}@example.com`;
    const lines = shelf.slice(n, n + 1).map((variantId) => ({ variantId, quantity: 1 }));
    won.push(await openOrder({ tenantId, lines, discountId, email, totalMinor: 4_500_000 }));
  };
  const ended = tally(await inCrowds(Array.from({ length: 80 }, (_, n) => buy(n))));
  expect(ended).toEqual({ done: 10, discount_used_up: 70 });
  await inCrowds(won.map((order) => () => settleOrder(clinic, order)));
  const { rows } = await stage.owner.query(
    "select used, (select count(distinct customer)::int from discount_claim c where c.discount_id = d.id) as customers from discount d where id = $1",
    [discountId],
  );
  expect(rows).toEqual([{ used: 10, customers: 10 }]);
});

test("whoever begins anew is never blocked by what they had", async () => {
  const clinic = await openOwn();
  const { tenantId } = clinic;
  const variantId = await stockVariant(stage, clinic, { onHand: 1 });
  const { id } = await claimOrder({ tenantId, lines: [{ variantId, quantity: 1 }] });
  await expect(claimOrder({ tenantId, lines: [{ variantId, quantity: 1 }] })).rejects.toMatchObject({ code: "out_of_stock" });
  await claimOrder({ tenantId, lines: [{ variantId, quantity: 1 }], replaces: id });
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 1, changes: 1, claims: { paying: 1, released: 1 } });
});
