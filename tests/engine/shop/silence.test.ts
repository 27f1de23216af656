import { afterEach, expect, test } from "vitest";
import { eventually } from "../../support/end-state.ts";
import { startOrder } from "../../support/shop/order.ts";
import { openShop, shelfOf, stockVariant } from "../../support/shop/shelf.ts";
import { prepareStage } from "../../support/stage.ts";
import { withLookup } from "../capabilities/playable.ts";

/** What the provider has not said yet keeps stock, and no longer than it must. */
const stage = prepareStage({ keepsPromises: true });
afterEach(() => stage.startWorker());

async function openOwn() {
  const clinic = await stage.openClinic();
  await openShop(stage, clinic);
  const variantId = await stockVariant(stage, clinic, { onHand: 1 });
  const buy = () => startOrder({ tenantId: clinic.tenantId, lines: [{ variantId, quantity: 1 }] });
  return { clinic, variantId, buy };
}

async function reaches(id: string, status: RegExp): Promise<void> {
  await eventually(async () => {
    const { rows } = await stage.owner.query("select status from checkout where id = $1", [id]);
    expect(rows[0]?.status).toMatch(status);
  });
}

withLookup.story("whoever wants the piece of a session that is over has its provider asked, and its no frees the piece", async () => {
  const { buy } = await openOwn();
  const left = await buy();
  await stage.stopWorker();
  await stage.timePasses(left.id, 25);
  // Far from the next question of the ladder: only the wish can free it.
  await stage.owner.query("update graphile_worker._private_jobs set run_at = now() + interval '1 hour' where key like 'poll-%'");
  await expect(buy()).rejects.toMatchObject({ code: "out_of_stock" });
  await stage.startWorker();
  await reaches(left.id, /expired/);
  await buy();
});

test("a stored approval keeps its stock far beyond its end, until it is settled as an order", async () => {
  const { variantId, buy } = await openOwn();
  const paid = await buy();
  await stage.stopWorker();
  await stage.pay(paid.checkoutUrl, "approve", { tells: "before_return" });
  await stage.timePasses(paid.id, 60);
  await expect(buy()).rejects.toMatchObject({ code: "out_of_stock", shown: { lines: [{ variantId, available: 0 }] } });
  await stage.startWorker();
  await reaches(paid.id, /paid|confirmed/);
  expect(await shelfOf(stage, variantId)).toEqual({ onHand: 0, changes: 0, claims: { booked: 1 } });
});
