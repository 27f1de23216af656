import fc from "fast-check";
import { expect, test } from "vitest";
import { makeCode, openShop, stockVariant } from "../../support/shop/shelf.ts";
import { prepareStage } from "../../support/stage.ts";
import { stockCommands } from "./commands.ts";
import { newStockModel, pieces, uses } from "./model.ts";

const numRuns = Number(process.env["MODEL_RUNS"] ?? 8);
const seed = Number(process.env["MODEL_SEED"] ?? Date.now() % 1_000_000);

const stage = prepareStage({ worker: false, keepsPromises: false });

test("whatever is bought, paid late, given up, counted and used, in whatever order, the shelf is what the model says", {
  timeout: 60_000 + numRuns * 10_000,
}, async () => {
  const ends: Record<string, number> = {};
  console.log(`model of the shelf: ${numRuns} runs, seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(fc.commands(stockCommands, { maxCommands: 40, size: "max" }), async (commands) => {
      const clinic = await stage.openClinic({ callback: false });
      await openShop(stage, clinic);
      const variantIds: string[] = [];
      for (const onHand of pieces) variantIds.push(await stockVariant(stage, clinic, { onHand }));
      const discountId = await makeCode(stage, clinic, { usesMax: uses });
      const model = newStockModel();
      await fc.asyncModelRun(() => ({ model, real: { world: stage, clinic, variantIds, discountId } }), commands);
      for (const { status, charge } of model.sessions) ends[`${status} ${charge}`] = (ends[`${status} ${charge}`] ?? 0) + 1;
    }),
    { numRuns, seed, unbiased: true, endOnFailure: numRuns <= 8 },
  );
  console.log(`model of the shelf: order sessions ended as ${JSON.stringify(ends)}`);
  expect(ends["paid order"]).toBeGreaterThan(0);
});
