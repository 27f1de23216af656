import fc from "fast-check";
import { expect, test } from "vitest";
import { examine } from "#queries/doctor.ts";
import { prepareStage } from "../support/stage.ts";
import { allCommands, opening } from "./commands.ts";
import { type Real, snapshot } from "./engine.ts";
import { newModel } from "./model.ts";

/** `npm run nightly` does more; the same again with MODEL_SEED=<printed seed>. */
const numRuns = Number(process.env["MODEL_RUNS"] ?? 12);
const seed = Number(process.env["MODEL_SEED"] ?? Date.now() % 1_000_000);

const stage = prepareStage({ worker: false });

test("whatever customers, provider, time and people do, in whatever order, the engine decides as the model does and keeps its invariants", {
  timeout: 60_000 + numRuns * 10_000,
}, async () => {
  const steps: Record<string, number> = {};
  console.log(`model: ${numRuns} runs, seed ${seed}`);
  await fc.assert(
    fc.asyncProperty(fc.commands(allCommands, { maxCommands: 40, size: "max" }), async (commands) => {
      const clinic = await stage.openClinic();
      const real: Real = {
        world: stage,
        clinic,
        before: { checkout: [], payment: [], charge: [], refund_case: [], slot_claim: [], events: 0, followUps: 0 },
      };
      real.before = await snapshot(real);
      const model = newModel();
      for (const command of opening) await command.run(model, real);
      await fc.asyncModelRun(() => ({ model, real }), commands);
      for (const booking of model.bookings) steps[booking.status] = (steps[booking.status] ?? 0) + 1;
    }),
    { numRuns, seed, unbiased: true, endOnFailure: numRuns <= 12 },
  );
  console.log(`model: bookings ended as ${JSON.stringify(steps)}`);
  // No worker runs here, so that what waits for one is late; what is decided must be right.
  expect(
    (await examine()).filter(({ promise, problem }) => ["slot", "silence"].includes(promise) || problem.startsWith("an approved charge")),
  ).toEqual([]);
});
