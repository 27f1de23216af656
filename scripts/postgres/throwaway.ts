import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, startOf } from "../plain/processes.mjs";
import { findAccount } from "./account.ts";
import { usableBinaries } from "./binaries.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { giveTo } from "./home.ts";
import { stopLeftBehind } from "./left-behind.ts";

const prefix = "konfirmado-test-";
const hoursMax = 24;

/**
 * A PostgreSQL in the temporary folder that goes away with this process, however this process ends. Fast rather than safe, unless
 * TEST_DATABASE_FSYNC=on. Used by the tests, the bench and `npm run types:db`.
 */
export async function startThrowaway(): Promise<Cluster> {
  await removeLeftovers();
  const account = findAccount();
  const folder = mkdtempSync(join(tmpdir(), prefix));
  giveTo(folder, account);
  writeFileSync(join(folder, "owner.json"), JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
  mkdirSync(join(folder, "logs"));
  const binaries = await usableBinaries(account, () => join(folder, "native"));
  const cluster = await startCluster({
    home: { account, binaries, cluster: join(folder, "cluster") },
    password: randomBytes(18).toString("hex"),
    logFile: join(folder, "logs", "postgres.log"),
    isDurable: process.env["TEST_DATABASE_FSYNC"] === "on",
    settings: ["max_connections=300"],
  });
  return {
    ...cluster,
    stop: async () => {
      await cluster.stop();
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
