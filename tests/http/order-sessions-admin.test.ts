import { expect, test } from "vitest";
import { allPay, settleAll } from "../races/rush.ts";
import type { Clinic } from "../support/clinic.ts";
import { openMerchant } from "../support/merchant.ts";
import { startOrder } from "../support/shop/order.ts";
import { openShop, shelfOf, stockVariant } from "../support/shop/shelf.ts";
import { prepareStage } from "../support/stage.ts";
import { merchantKey } from "./merchant-key.ts";
import { ask, expectProblem } from "./request.ts";

const stage = prepareStage({ worker: false, keepsPromises: true });
const operator = { authorization: "Bearer cron-secret-of-the-tests" };
const stats = "/api/admin/order-sessions/stats";
const cleanup = "/api/admin/order-sessions/cleanup";

/** One paid in two minutes, one left over an hour ago, one that may still be paid. */
async function openOwn(): Promise<{ clinic: Clinic; variantId: string; left: string }> {
  const clinic = await stage.openClinic();
  await openShop(stage, clinic);
  const variantId = await stockVariant(stage, clinic, { onHand: 9 });
  const start = () => startOrder({ tenantId: clinic.tenantId, lines: [{ variantId, quantity: 2 }] });
  const [paid, left] = [await start(), await start()];
  await start();
  await allPay(stage, [{ ...paid, provider: clinic.provider.id }]);
  const { rows } = await stage.owner.query<{ id: string }>("select id from payment where checkout_id = $1", [paid.id]);
  await settleAll({ world: stage, clinic }, [{ ...paid, paymentId: rows[0]?.id ?? "", provider: clinic.provider.id }]);
  await stage.owner.query(
    "update checkout set created_at = (select paid_at from shop_order o where o.id = checkout.id) - interval '2 minutes' where id = $1",
    [paid.id],
  );
  await stage.timePasses(left.id, 90);
  // The provider has said that nothing came.
  await stage.owner.query("update payment set asked_at = now(), closed_at = now() where checkout_id = $1", [left.id]);
  return { clinic, variantId, left: left.id };
}

test("the merchant's key cleans and counts its own sessions alone, and the operator all", async () => {
  const { clinic, variantId, left } = await openOwn();
  const other = await openOwn();
  const own = await merchantKey(stage, clinic.tenantId);
  const figures = { active: 1, processed: 1, cancelled: 0, conversion: 0.5, medianMinutesToPay: 2 };
  const values = [{ currency: "COP", orders: 1, total: 100_000, totalMinor: 10_000_000, medianMinor: 10_000_000 }];
  expect((await ask(stage, cleanup, { method: "POST", headers: own })).body).toEqual({
    success: true,
    expired: 1,
    deleted: 1,
    deletedCarts: 0,
  });
  const { rows } = await stage.owner.query("select id from checkout where id = any ($1)", [[left, other.left]]);
  expect(rows).toEqual([{ id: other.left }]);
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 7, changes: 7, claims: { booked: 2, paying: 2 } });
  // What is deleted is still counted.
  expect((await ask(stage, stats, { headers: own })).body).toMatchObject({ ...figures, expired: 1, values });
  const { rows: told } = await stage.owner.query("select details from event where tenant_id = $1 and kind = 'order_sessions.cleaned'", [
    clinic.tenantId,
  ]);
  expect(told).toMatchObject([{ details: { expired: 1, deleted: 1, deletedCarts: 0 } }]);

  expect((await ask(stage, cleanup, { method: "POST", headers: operator })).body).toEqual({
    success: true,
    expired: 1,
    deleted: 1,
    deletedCarts: 0,
  });
  expect((await ask(stage, stats, { headers: operator })).body).toMatchObject({ active: 2, processed: 2, expired: 2, conversion: 0.5 });
  expect((await ask(stage, cleanup, { method: "POST", headers: operator })).body).toEqual({
    success: true,
    expired: 0,
    deleted: 0,
    deletedCarts: 0,
  });
});

test("a cart that nobody has touched for sixty days vanishes", async () => {
  const { tenantId } = await stage.openClinic();
  await stage.owner.query(
    "insert into cart (tenant_id, currency, updated_at) select $1, 'COP', now() - make_interval(days => d) from unnest(array[59, 61]) d",
    [tenantId],
  );
  const own = await merchantKey(stage, tenantId);
  expect((await ask(stage, cleanup, { method: "POST", headers: own })).body).toMatchObject({ deletedCarts: 1 });
  const { rows } = await stage.owner.query("select count(*)::int as carts from cart where tenant_id = $1", [tenantId]);
  expect(rows).toEqual([{ carts: 1 }]);
});

test("nobody else may: no credentials, a key without the permission, staff", async () => {
  const staff = await openMerchant(stage, { role: "staff" });
  const narrow = await merchantKey(stage, staff.tenantId, ["orders.read"]);
  for (const [path, method] of [
    [stats, "GET"],
    [cleanup, "POST"],
  ] as const) {
    expectProblem(await ask(stage, path, { method }), "unauthorized");
    expectProblem(await ask(stage, path, { method, headers: { authorization: "Bearer cron-secret-of-the-test" } }), "unauthorized");
    expectProblem(await ask(stage, path, { method, headers: { cookie: staff.cookie, origin: stage.appUrl } }), "forbidden");
  }
  expectProblem(await ask(stage, cleanup, { method: "POST", headers: narrow }), "forbidden");
  expect((await ask(stage, `${stats}?days=7`, { headers: narrow })).status).toBe(200);
});
