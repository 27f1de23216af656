import { expect } from "vitest";
import type { RealShop } from "./commands.ts";
import { isLiving, type StockModel, uses } from "./model.ts";

/** After every command: the shelf is what the model says, its history adds up, and an order exists only for money. */
export async function checkShelf(model: StockModel, { world, clinic, variantIds, discountId }: RealShop): Promise<void> {
  const rows = async <T extends object>(text: string, values: unknown[]) => (await world.owner.query<T>(text, values)).rows;
  const shelf = await rows<{ id: string; onHand: number; changes: number; living: number }>(
    `select v.id, v.on_hand as "onHand", (select sum(quantity)::int from stock_change c where c.variant_id = v.id) as changes,
       living_stock(v.tenant_id, v.id)::int as living from variant v where v.tenant_id = $1`,
    [clinic.tenantId],
  );
  for (const [place, id] of variantIds.entries()) {
    const living = model.sessions.filter((each) => isLiving(model, each)).reduce((sum, { lines }) => sum + (lines.get(place) ?? 0), 0);
    const onHand = model.onHand[place];
    expect(shelf.find((row) => row.id === id)).toEqual({ id, onHand, changes: onHand, living });
    expect(living).toBeLessThanOrEqual(onHand ?? 0);
  }
  const [discount] = await rows<{ used: number }>("select used from discount where id = $1", [discountId]);
  expect(discount?.used).toBe(uses - model.usesLeft);
  const statuses = await rows<{ id: string; status: string }>("select id, status from checkout where tenant_id = $1", [clinic.tenantId]);
  const states = new Map(statuses.map(({ id, status }) => [id, status]));
  for (const { id, status } of model.sessions) expect(states.get(id)).toBe(status);
  const orders = await rows<{ id: string; number: number }>("select id, number::int from shop_order where tenant_id = $1 order by number", [
    clinic.tenantId,
  ]);
  expect(orders.map(({ number }) => number)).toEqual(Array.from({ length: model.orders }, (_, index) => index + 1));
  expect(orders.map(({ id }) => id).toSorted()).toEqual(
    model.sessions
      .filter(({ charge }) => charge === "order")
      .map(({ id }) => id)
      .toSorted(),
  );
  const cases = await rows<{ id: string }>("select checkout_id as id from refund_case where tenant_id = $1 order by 1", [clinic.tenantId]);
  expect(cases.map(({ id }) => id).toSorted()).toEqual(
    model.sessions
      .filter(({ charge }) => charge === "refund")
      .map(({ id }) => id)
      .toSorted(),
  );
}
