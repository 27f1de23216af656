import { expect, test, vi } from "vitest";
import type { Clinic } from "../../support/clinic.ts";
import { openOrder } from "../../support/shop/order.ts";
import { openShop, shelfOf, stockVariant } from "../../support/shop/shelf.ts";
import { prepareStage } from "../../support/stage.ts";
import { expectNoDeadlocks, rounds } from "../contest.ts";
import { everybodyAtOnce, lateAgainstNew, statusOf } from "./late.ts";
import { endsOf, settleOrder } from "./orders.ts";

const stage = prepareStage({ worker: false, keepsPromises: true });
expectNoDeadlocks(stage);

async function openOwn(): Promise<Clinic> {
  const clinic = await stage.openClinic({ callback: false });
  await openShop(stage, clinic);
  return clinic;
}

test("the last piece goes to the late payment or to the new buyer, never to both", async () => {
  const place = { world: stage, clinic: await openOwn() };
  for (let n = 0; n < rounds; n += 1) {
    const { late, isNewDone, onHand, taken } = await lateAgainstNew(place, n);
    expect([late, onHand, taken]).toEqual(isNewDone ? ["cancelled", 1, 1] : ["paid", 0, 1]);
  }
});

test("pay, keep, cancel, expire, replace and buy at once: nobody waits in a circle, and no piece is sold twice", async () => {
  const place = { world: stage, clinic: await openOwn() };
  for (let n = 0; n < rounds; n += 1) await everybodyAtOnce(place, n);
  const { paid = 0, cancelled = 0 } = await endsOf(stage, place.clinic);
  expect(paid).toBeGreaterThanOrEqual(2 * rounds);
  expect(cancelled).toBeGreaterThan(0);
});

/** The payment's transaction began in time, waited for the variant, and found its claim lapsed. */
test("a claim that lapses while its payment waits is not sold when somebody else has its piece by then", async () => {
  const clinic = await openOwn();
  const { tenantId } = clinic;
  const variantId = await stockVariant(stage, clinic, { onHand: 1 });
  const order = await openOrder({ tenantId, lines: [{ variantId, quantity: 1 }] });
  const rival = await openOrder({ tenantId, lines: [{ variantId: await stockVariant(stage, clinic), quantity: 1 }] });
  const other = await stage.owner.connect();
  await other.query("begin");
  await other.query("select from variant where id = $1 for no key update", [variantId]);
  await stage.owner.query("update stock_claim set expires_at = now() + interval '700 milliseconds' where checkout_id = $1", [order.id]);
  const settling = settleOrder(clinic, order);
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0), { timeout: 20_000, interval: 10 });
  await vi.waitFor(async () => expect(await isLapsed(order.id)).toBe(true), { timeout: 20_000, interval: 20 });
  await other.query(
    "insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, expires_at) values ($1, $2, $3, 1, 'paying', now() + interval '9 minutes')",
    [tenantId, variantId, rival.id],
  );
  await other.query("commit");
  other.release();
  await settling;
  expect(await statusOf({ world: stage }, order.id)).toBe("cancelled");
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 1, changes: 1, claims: { expired: 1, paying: 1 } });
  // The rival's own line keeps the books right.
  await stage.owner.query("delete from stock_claim where checkout_id = $1 and variant_id = $2", [rival.id, variantId]);
});

async function waiting(): Promise<number> {
  const { rows } = await stage.owner.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return rows[0]?.count ?? 0;
}

async function isLapsed(id: string): Promise<boolean> {
  const { rows } = await stage.owner.query<{ over: boolean }>("select expires_at < now() as over from stock_claim where checkout_id = $1", [
    id,
  ]);
  return rows[0]?.over === true;
}
