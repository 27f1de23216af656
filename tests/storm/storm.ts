import { openClinic } from "../support/clinic.ts";
import { startEngine } from "../support/engine-process.ts";
import { startWorld } from "../support/world.ts";
import { reachHarbour } from "./harbour.ts";
import { createRandom } from "./random.ts";
import type { Sea } from "./sea.ts";
import { walk } from "./walk.ts";
import { blow } from "./weather.ts";

/*
 * A seeded storm over the whole product: customers, providers with their habits, deaths of the process, cut database connections and jumps
 * in time, then a harbour in which everything must have come right. The seed decides who wants what, in which order the steps of customers
 * and weather are begun, and how providers behave about each payment. Not decided by it: which of the steps that were begun together
 * reaches the database first, how far the worker has come when the next step begins, at which instruction a SIGKILL hits, the jitter of
 * retries, and ids. A failing seed therefore fails often, not always: repeat it.
 */
export type StormWish = { seed: number; customers: number; deathsMax?: number; tell?: (line: string) => void };
export type StormEnd = { seed: number; findings: string[]; counts: Record<string, number> };

/** So many customers meet in one clinic; more of them come in further waves, each in a clinic of its own. */
const waveMax = 24;

export async function runStorm({ seed, customers, deathsMax = 5, tell = () => {} }: StormWish): Promise<StormEnd> {
  const base = await startWorld({ worker: false });
  const engine = await startEngine();
  const world = { ...base, appUrl: engine.url };
  const random = createRandom(seed);
  const counts: Record<string, number> = {};
  const findings: string[] = [];
  try {
    for (let done = 0; done < customers && findings.length === 0; done += waveMax) {
      const clinic = await openClinic(world, { onDecline: random.chance(0.7) ? "retry" : "release" });
      const sea: Sea = { world, engine, clinic, random, jumped: 0, deathsLeft: deathsMax, isLong: customers > waveMax, counts, findings };
      const size = Math.min(waveMax, customers - done);
      await wave(
        sea,
        Array.from({ length: size }, (_, index) => createRandom(seed * 1_000_003 + done + index)),
      );
      await reachHarbour(sea);
      if (engine.words()) findings.push(`the process said: ${engine.words()}`);
      tell(`${done + size} of ${customers} customers, ${engine.deaths.length} deaths, ${findings.length} findings`);
    }
    counts["deaths"] = engine.deaths.length;
    counts["deaths not by SIGKILL"] = engine.deaths.filter((death) => death !== "SIGKILL").length;
    if (counts["deaths not by SIGKILL"]) findings.push(`the process ended by itself: ${engine.deaths.join(", ")} ${engine.words()}`);
    return { seed, findings, counts };
  } finally {
    await engine.stop();
    await base.stop();
  }
}

/** Some customers take their next step at once; then, perhaps, the weather changes. */
async function wave(sea: Sea, minds: ReturnType<typeof createRandom>[]): Promise<void> {
  let walkers = minds.map((mind) => walk(sea, mind));
  while (walkers.length > 0) {
    const together = new Set(Array.from({ length: 1 + sea.random.below(4) }, () => sea.random.pick(walkers)));
    const steps = await Promise.all([...together].map(async (walker) => ({ walker, isOver: (await walker.next()).done === true })));
    const gone = new Set(steps.filter((step) => step.isOver).map((step) => step.walker));
    walkers = walkers.filter((walker) => !gone.has(walker));
    if (sea.random.chance(0.4)) await blow(sea);
  }
}
