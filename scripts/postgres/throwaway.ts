import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, startOf } from "../plain/processes.mjs";
import { findAccount } from "./account.ts";
import { usableBinaries } from "./binaries.ts";
import { type Cluster, type ClusterWish, startCluster } from "./cluster.ts";
import { giveTo } from "./home.ts";
import { postmastersOf, stopLeftBehind } from "./left-behind.ts";

const prefix = "konfirmado-test-";
const hoursMax = 24;

/** How a PostgreSQL may end: https://www.postgresql.org/docs/18/server-shutdown.html. After all but the first it must recover from its log. */
const endings = { fast: "SIGINT", immediate: "SIGQUIT", killed: "SIGKILL" } as const;
export type Ending = keyof typeof endings;

export interface Throwaway extends Cluster {
  /** Ends PostgreSQL as `ending` says, and comes back when it has gone. */
  end(ending: Ending): Promise<void>;
  /** The same again, with its data, at the same address. */
  startAgain(): Promise<void>;
}

/**
 * A PostgreSQL in the temporary folder that goes away with this process, however this process ends. Fast rather than safe, unless
 * TEST_DATABASE_FSYNC=on. Used by the tests, the bench and `npm run types:db`.
 * `outlivesItself`: what was committed is there after each of its endings. Without fsync a power cut may still lose everything, but what
 * the killed process has written stays with the system; only its own memory is lost, so each commit must have reached its log.
 */
export async function startThrowaway(options: { outlivesItself?: boolean } = {}): Promise<Throwaway> {
  await removeLeftovers();
  const account = findAccount();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  giveTo(folder, account);
  writeFileSync(join(folder, "owner.json"), JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
  mkdirSync(join(folder, "logs"));
  const binaries = await usableBinaries(account, () => join(folder, "native"));
  const wish: ClusterWish = {
    home: { account, binaries, cluster: join(folder, "cluster") },
    password: randomBytes(18).toString("hex"),
    logFile: join(folder, "logs", "postgres.log"),
    isDurable: process.env["TEST_DATABASE_FSYNC"] === "on",
    settings: ["max_connections=300", ...(options.outlivesItself ? ["synchronous_commit=on", "full_page_writes=on"] : [])],
  };
  let running = await startCluster(wish);
  return {
    url: running.url,
    note: running.note,
    ended: running.ended,
    async end(ending) {
      for (const pid of postmastersOf(wish.home.cluster)) process.kill(pid, endings[ending]);
      await running.ended;
    },
    async startAgain() {
      running = await startCluster({ ...wish, port: Number(new URL(running.url("postgres")).port) });
    },
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What killed runs left: their folder, and their PostgreSQL should it still run. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    if (!isLeftover(folder)) continue;
    await stopLeftBehind(join(folder, "cluster"));
    rmSync(folder, { recursive: true, force: true });
  }
}

function isLeftover(folder: string): boolean {
  try {
    const isOurs = process.getuid === undefined || process.getuid() === 0 || statSync(folder).uid === process.getuid();
    if (!isOurs) return false;
    const ageHours = (Date.now() - statSync(folder).mtimeMs) / 3_600_000;
    const file = join(folder, "owner.json");
    // No owner yet: another run is just making it.
    if (!existsSync(file)) return ageHours > 1;
    const owner = JSON.parse(readFileSync(file, "utf8")) as { pid: number; start: string };
    return ageHours > hoursMax || !isAlive(owner.pid) || startOf(owner.pid) !== owner.start;
  } catch {
    return false; // being made or removed right now
  }
}
