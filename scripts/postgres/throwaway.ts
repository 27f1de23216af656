import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isAlive, startOf } from "../plain/processes.mjs";
import { findAccount } from "./account.ts";
import { usableBinaries } from "./binaries.ts";
import { type Cluster, type ClusterWish, startCluster } from "./cluster.ts";
import { giveTo } from "./home.ts";
import { isGone, stopLeftBehind } from "./left-behind.ts";

const prefix = "konfirmado-test-";
const hoursMax = 24;
/** Linux keeps this folder in memory. */
const memoryFolder = "/dev/shm";
const memoryBytesMin = 4 * 1024 ** 3;
const endingsMax = 3;
const secondsToEnd = 20;

/** All but the first need recovery: https://www.postgresql.org/docs/18/server-shutdown.html */
const endings = { fast: "SIGINT", immediate: "SIGQUIT", killed: "SIGKILL" } as const;
export type Ending = keyof typeof endings;

export interface Throwaway extends Cluster {
  /** Ends PostgreSQL as `ending` says. Resolves when it has gone. */
  end(ending: Ending): Promise<void>;
  /** Starts it again with its data, at the same address. */
  startAgain(): Promise<void>;
}

/**
 * A PostgreSQL that goes away with this process. Fast rather than safe, unless
 * TEST_DATABASE_FSYNC=on. `outlivesItself` keeps commits across its endings: each must have reached
 * its log. `isInMemory` helps where deleted files are slow to reuse.
 */
export async function startThrowaway(options: { outlivesItself?: boolean; isInMemory?: boolean } = {}): Promise<Throwaway> {
  await removeLeftovers();
  const account = findAccount();
  const isDurable = process.env["TEST_DATABASE_FSYNC"] === "on";
  const folder = mkdtempSync(join(options.isInMemory && !isDurable && hasPlentyOfMemory() ? memoryFolder : tmpdir(), prefix));
  giveTo(folder, account);
  writeFileSync(join(folder, "owner.json"), JSON.stringify({ pid: process.pid, start: startOf(process.pid) }));
  mkdirSync(join(folder, "logs"));
  const binaries = await usableBinaries(account, () => join(folder, "native"));
  const wish: ClusterWish = {
    home: { account, binaries, cluster: join(folder, "cluster") },
    password: randomBytes(18).toString("hex"),
    logFile: join(folder, "logs", "postgres.log"),
    isDurable,
    settings: ["max_connections=300", ...(options.outlivesItself ? ["synchronous_commit=on", "full_page_writes=on"] : [])],
  };
  let running = await startCluster(wish);
  return {
    url: running.url,
    note: running.note,
    ended: running.ended,
    async end(ending) {
      await endPostmaster(wish.home.cluster, endings[ending]);
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

/** Uses its own file: in the process list a newborn backend looks like its postmaster. */
async function endPostmaster(cluster: string, signal: NodeJS.Signals): Promise<void> {
  const pid = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0]);
  // Never kill(0), which signals everybody here.
  if (!Number.isInteger(pid) || pid <= 1) throw new Error(`${cluster} names no postmaster`);
  for (let attempt = 0; attempt < endingsMax; attempt += 1) {
    process.kill(pid, signal);
    if (await isGone(pid, secondsToEnd)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) does not end by ${signal}`);
}

/** Programs may be copied there, but some containers forbid running them from it. */
function hasPlentyOfMemory(): boolean {
  try {
    const mount = readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .map((line) => line.split(" "))
      .findLast(([, place]) => place === memoryFolder);
    const [, , kind, options = ""] = mount ?? [];
    const { bavail, bsize } = statfsSync(memoryFolder);
    return (
      kind === "tmpfs" && !options.split(",").includes("noexec") && Math.min(bavail * bsize, process.availableMemory()) >= memoryBytesMin
    );
  } catch {
    return false;
  }
}

/** Removes the folders of killed runs, and stops their PostgreSQL. */
export async function removeLeftovers(): Promise<void> {
  const places = [tmpdir(), memoryFolder].filter((place) => existsSync(place));
  const folders = places.flatMap((place) => readdirSync(place).map((name) => ({ name, folder: join(place, name) })));
  for (const { folder } of folders.filter(({ name }) => name.startsWith(prefix))) {
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
    // Has no owner yet: another run is making it.
    if (!existsSync(file)) return ageHours > 1;
    const owner = JSON.parse(readFileSync(file, "utf8")) as { pid: number; start: string };
    return ageHours > hoursMax || !isAlive(owner.pid) || startOf(owner.pid) !== owner.start;
  } catch {
    return false; // being made or removed right now
  }
}
