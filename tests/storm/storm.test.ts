import { expect, test } from "vitest";
import { runStorm } from "./storm.ts";

/** Short storms for every run; `npm run storm -- --seed N --customers K` is the long one. A seed that once failed is added here. */
const seeds = [1, 2];

test.each(seeds)("after the storm of seed %i all five promises are kept", async (seed) => {
  const { findings, counts } = await runStorm({ seed, customers: 14, deathsMax: 3 });
  console.log(`storm ${seed}: ${JSON.stringify(counts)}`);
  expect(findings, `repeat it with: npm run storm -- --seed ${seed} --customers 14`).toEqual([]);
});
