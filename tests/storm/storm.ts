import type { Throwaway } from "#scripts/postgres/throwaway.ts";
import { openClinic } from "../support/clinic.ts";
import { type Engine, startEngine } from "../support/engine-process.ts";
import type { TestedProvider } from "../support/payers/payer.ts";
import { testedProvider } from "../support/payers/tested-provider.ts";
import { startWorld } from "../support/world.ts";
import { wrongClock } from "../support/wrong-clock.ts";
import { buy } from "./buying.ts";
import { openDesks } from "./desks.ts";
import { reachHarbour } from "./harbour.ts";
import { keepRows } from "./kept-rows.ts";
import { type Outage, planOutages, restartDatabase } from "./outage.ts";
import { createRandom, type Random } from "./random.ts";
import { count, newOutside, type Sea } from "./sea.ts";
import { stockShelf } from "./shelf.ts";
import { walk } from "./walk.ts";
import { blow } from "./weather.ts";

/*
 * A seeded storm over the whole product: customers, providers with their habits, deaths of the process, a PostgreSQL that goes away and
 * comes back, cut connections, a wrong clock and jumps in time, then a harbour in which everything must have come right. The seed decides who wants what,
 * in which order the steps of customers and weather are begun, how providers behave about each payment, and when and how PostgreSQL ends.
 * Not decided by it: which of the steps that were begun together reaches the database first, how far the worker has come when the next step
 * begins, at which instruction a SIGKILL hits, the jitter of retries, and ids. A failing seed therefore fails often, not always: repeat it.
 */
export type StormWish = {
  seed: number;
  customers: number;
  /** The storm's own: it is restarted. */
  databaseServer: Throwaway;
  deathsMax?: number;
  /** At which customers pay, each at another one. Left out: the one under test. */
  providers?: readonly TestedProvider[];
  tell?: (line: string) => void;
};
export type StormEnd = { seed: number; findings: string[]; counts: Record<string, number> };

/**
 * So many customers meet in one clinic, and half as many again in its shop. More of them come in further waves, each in a world of its
 * own: a wave ends five days later for the outside world, and no wave is to reach the appointments.
 */
const waveMax = 24;
/** How far the clock of the engine's processes is from the database's, by seed. */
const clockMinutes = [0, 10, -10];
const startsWithout = "starts without a database";

export async function runStorm(wish: StormWish): Promise<StormEnd> {
  const { seed, customers, tell = () => {} } = wish;
  const end: StormEnd = { seed, findings: [], counts: {} };
  const minutesOff = clockMinutes[seed % clockMinutes.length] ?? 0;
  if (minutesOff !== 0) count(end, `weather: the process's clock is ${minutesOff} minutes off`);
  const random = createRandom(seed);
  for (let done = 0; done < customers && end.findings.length === 0; done += waveMax) {
    const size = Math.min(waveMax, customers - done);
    await runWave({ ...wish, random, end, done, size, minutesOff });
    tell(`${done + size} of ${customers} customers, ${end.counts["deaths"] ?? 0} deaths, ${end.findings.length} findings`);
  }
  return end;
}

type Wave = StormWish & { random: Random; end: StormEnd; done: number; size: number; minutesOff: number };

async function runWave({
  seed,
  customers,
  databaseServer,
  deathsMax = 5,
  providers = [testedProvider],
  random,
  end,
  done,
  size,
  minutesOff,
}: Wave): Promise<void> {
  const { counts, findings } = end;
  const base = await startWorld({ worker: false, databaseServer });
  const engine = await startEngine(minutesOff === 0 ? {} : { NODE_OPTIONS: wrongClock(minutesOff) });
  const world = { ...base, appUrl: engine.url };
  const isLong = customers > waveMax;
  const startsBefore = counts[startsWithout] ?? 0;
  try {
    const [provider, ...others] = providers;
    const clinic = await openClinic(world, { onDecline: random.chance(0.7) ? "retry" : "release", provider });
    const desks = await openDesks(world, clinic, others);
    const shelf = await stockShelf(base, clinic);
    const reached = { world, clinic, desks, shelf, engine, databaseServer, databaseBack: Promise.resolve(), random, isLong };
    const sea: Sea = { ...reached, counts, findings, outside: newOutside(), jumped: 0, deathsLeft: deathsMax };
    const minds = Array.from({ length: size }, (_, n) => createRandom(seed * 1_000_003 + done + n));
    const buyers = Array.from({ length: Math.ceil(size / 2) }, (_, n) => createRandom(seed * 1_000_033 + done + n));
    const walkers = [...minds.map((mind) => walk(sea, mind)), ...buyers.map((mind) => buy(sea, mind))];
    await sail(sea, walkers, planOutages(createRandom(seed * 101 + done), isLong));
    await reachHarbour(sea);
    findings.push(...unexpectedDeaths(engine, (counts[startsWithout] ?? 0) - startsBefore));
    if (findings.length > 0) findings.push(`all rows of the clinic are kept in ${await keepRows(sea, seed)}`);
    counts["deaths"] = (counts["deaths"] ?? 0) + engine.deaths.length;
  } finally {
    await engine.stop();
    await base.stop();
  }
}

/** Some customers take their next step at once; then, perhaps, the weather changes. When the database goes away, everybody is on the way. */
async function sail(sea: Sea, everybody: AsyncGenerator<void>[], outages: Outage[]): Promise<void> {
  let walkers = everybody;
  for (let round = 0; walkers.length > 0; round += 1) {
    const outage = outages[0] && outages[0].atRound <= round ? outages.shift() : undefined;
    const chosen = new Set(Array.from({ length: 1 + sea.random.below(4) }, () => sea.random.pick(walkers)));
    const together = outage ? walkers : [...chosen];
    const stepped = Promise.all(together.map(async (walker) => ({ walker, isOver: (await walker.next()).done === true })));
    const restarted = outage && restartDatabase(sea, outage);
    // Whatever becomes of one, the other must have ended before anything else happens.
    await Promise.allSettled([stepped, restarted]);
    await restarted;
    const steps = await stepped;
    const gone = new Set(steps.filter((step) => step.isOver).map((step) => step.walker));
    walkers = walkers.filter((walker) => !gone.has(walker));
    if (sea.random.chance(0.4)) await blow(sea);
  }
  for (const outage of outages) await restartDatabase(sea, outage);
}

/** SIGKILL is the weather's. By itself the process ends only at a start without a database, with a sentence. */
function unexpectedDeaths(engine: Engine, startsWithoutDatabase: number): string[] {
  const byThemselves = engine.deaths.filter((death) => death !== "SIGKILL");
  const said = engine
    .words()
    .split("\n")
    .filter((line) => line && !line.startsWith("The database does not answer ("));
  return [
    ...(byThemselves.length > startsWithoutDatabase ? [`the process ended by itself: ${byThemselves.join(", ")}`] : []),
    ...(said.length > 0 ? [`the process said: ${said.join("\n")}`] : []),
  ];
}
