import { expect, test } from "vitest";
import type { Clinic } from "../../support/clinic.ts";
import { claimOrder } from "../../support/shop/order.ts";
import { makeCode, openShop, shelfOf, stockVariant } from "../../support/shop/shelf.ts";
import { prepareStage } from "../../support/stage.ts";
import { atOnce, rounds } from "../contest.ts";
import { lateAgainstNew } from "./late.ts";

/** Without what guards them, the same races must break the same promises. */
const stage = prepareStage({ worker: false });

async function openOwn(): Promise<Clinic> {
  const clinic = await stage.openClinic({ callback: false });
  await openShop(stage, clinic);
  return clinic;
}

async function without(names: readonly string[], guard: RegExp, race: () => Promise<boolean>): Promise<number> {
  const { rows } = await stage.owner.query<{ guarded: string }>(
    "select pg_get_functiondef(name::regproc) as guarded from unnest($1::text[]) name",
    [names],
  );
  for (const { guarded } of rows) {
    const unguarded = guarded.replaceAll(guard, "");
    expect(unguarded).not.toBe(guarded);
    await stage.owner.query(unguarded);
  }
  let broken = 0;
  for (let n = 0; n < rounds; n += 1) if (await race()) broken += 1;
  for (const { guarded } of rows) await stage.owner.query(guarded);
  return broken;
}

test("negative control: without the variants' locks, buyers get more pieces than there are", async () => {
  const { tenantId } = await openOwn();
  const broken = await without(["take_stock"], /\s+order by v\.id for no key update/g, async () => {
    const variantId = await stockVariant(stage, { tenantId }, { onHand: 2 });
    await atOnce(Array.from({ length: 12 }, () => () => claimOrder({ tenantId, lines: [{ variantId, quantity: 1 }] })));
    return ((await shelfOf(stage, variantId)).claims["paying"] ?? 0) > 2;
  });
  console.log(`without the locks ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});

test("negative control: without the code's lock, it is used more often than it may be", async () => {
  const { tenantId } = await openOwn();
  const broken = await without(["take_stock"], /(?<=p_discount) for no key update/g, async () => {
    // Each their own variant: its lock would make them wait for each other.
    const variants = await Promise.all(Array.from({ length: 12 }, () => stockVariant(stage, { tenantId }, { onHand: null })));
    const discountId = await makeCode(
      stage,
      { tenantId },
      { usesMax: 2, code: `C${Math.random().toString(36).slice(2, 10).toUpperCase()}` },
    );
    await atOnce(variants.map((variantId) => () => claimOrder({ tenantId, lines: [{ variantId, quantity: 1 }], discountId })));
    const { rows } = await stage.owner.query<{ uses: number }>("select count(*)::int as uses from discount_claim where discount_id = $1", [
      discountId,
    ]);
    return (rows[0]?.uses ?? 0) > 2;
  });
  console.log(`without the code's lock ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});

test("negative control: without counting what others have, late money takes a piece that was sold", async () => {
  const clinic = await openOwn();
  const { rows } = await stage.owner.query<{ guarded: string }>("select pg_get_functiondef('keep_stock'::regproc) as guarded");
  const guarded = rows[0]?.guarded ?? "";
  const unguarded = guarded.replace("exists (select from missing_stock(p_tenant, p_checkout, lines))", "false");
  expect(unguarded).not.toBe(guarded);
  await stage.owner.query(unguarded);
  let broken = 0;
  for (let n = 0; n < rounds; n += 1) {
    const { late, isNewDone } = await lateAgainstNew({ world: stage, clinic }, n);
    if (isNewDone && late === "paid") broken += 1;
  }
  await stage.owner.query(guarded);
  console.log(`without counting ${broken} of ${rounds} rounds broke`);
  expect(broken).toBeGreaterThan(0);
});
