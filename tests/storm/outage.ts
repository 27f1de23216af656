import type { Ending } from "#scripts/postgres/throwaway.ts";
import { until } from "../support/until.ts";
import { chargesAt } from "./desks.ts";
import { sellElsewhere } from "./panel-weather.ts";
import type { Random } from "./random.ts";
import { count, type Sea } from "./sea.ts";

const backMsMax = 30_000;

export type Outage = { atRound: number; ending: Ending; killsProcess: boolean };

/**
 * Each wave loses its database twice: once in order, once so that it must recover from its log. The
 * seed says which first, when, and how.
 */
export function planOutages(random: Random, isLong: boolean): Outage[] {
  const harsh = random.pick<Ending>(["immediate", "killed"]);
  const endings: Ending[] = random.chance(0.5) ? ["fast", harsh] : [harsh, "fast"];
  const firstAt = 3 + random.below(8);
  return endings.map((ending, index) => ({
    atRound: firstAt + index * (3 + random.below(6)),
    ending,
    killsProcess: isLong && random.chance(0.3),
  }));
}

/**
 * PostgreSQL ends while customers and jobs are busy, stays away for a while, and comes back where
 * it was.
 */
export async function restartDatabase(sea: Sea, { ending, killsProcess }: Outage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  sea.databaseBack = promise;
  const deathsBefore = sea.engine.deaths.length;
  await sea.engine.ready();
  await sea.databaseServer.end(ending);
  try {
    await refusesHonestly(sea);
    if (killsProcess) await sea.engine.kill();
  } finally {
    await sea.databaseServer.startAgain();
    await comesBack(sea);
    resolve();
  }
  // A process that starts without a database ends with a sentence, and is started again.
  count(sea, "starts without a database", sea.engine.deaths.slice(deathsBefore).filter((death) => death === 1).length);
  count(sea, `database restarted: ${ending}${killsProcess ? ", process killed meanwhile" : ""}`);
}

/**
 * While the database is away: alive, not ready, and an honest 503 for everything that would need
 * it. A process that just died answers nothing.
 */
async function refusesHonestly(sea: Sea): Promise<void> {
  const { appUrl } = sea.world;
  const look = async (path: string, wanted: number) => {
    const answer = await fetch(appUrl + path).catch(() => null);
    if (answer && answer.status !== wanted) sea.findings.push(`without a database ${path} answered ${answer.status}, not ${wanted}`);
    if (answer) count(sea, `answers without a database: ${answer.status}`);
  };
  await look("/healthz", 200);
  await look("/readyz", 503);
  await look(`/api/bookings/${crypto.randomUUID()}/status?token=none`, 503);
  const status = await deliver(sea);
  if (status !== null && status !== 503) sea.findings.push(`without a database a genuine webhook was answered ${status}`);
  if (status !== null) count(sea, `webhooks without a database: ${status}`);
}

/**
 * A genuine event: that of a payment that exists, once more, or of the merchant's own shop. Returns
 * null when nobody answered.
 */
async function deliver(sea: Sea): Promise<number | null> {
  const [first] = await chargesAt(sea.desks);
  const habits = { tells: "before_return", delaySeconds: 0, signature: "right" } as const;
  const deliveries = first
    ? await first.desk.payer.tellAgain(first.id, { ...habits, copies: 1 })
    : await sellElsewhere(sea, { reference: `SHOP-${sea.random.below(1e9)}`, amountMinor: 5_000_000 }, habits);
  return deliveries[0]?.status ?? null;
}

async function comesBack(sea: Sea): Promise<void> {
  const startedAt = performance.now();
  await until(async () => {
    await sea.engine.ready();
    const answer = await fetch(`${sea.world.appUrl}/readyz`);
    return answer.status === 200 ? null : `/readyz answers ${answer.status} although the database is back`;
  }, backMsMax).catch((error: unknown) => sea.findings.push(String(error)));
  const slowest = "ms until ready after a restart of the database";
  sea.counts[slowest] = Math.max(sea.counts[slowest] ?? 0, Math.round(performance.now() - startedAt));
}
