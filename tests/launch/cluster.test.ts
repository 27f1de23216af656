import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { listProcesses } from "#scripts/plain/processes.mjs";
import { findAccount } from "#scripts/postgres/account.ts";
import { usableBinaries } from "#scripts/postgres/binaries.ts";
import { type Cluster, startCluster } from "#scripts/postgres/cluster.ts";
import { giveTo } from "#scripts/postgres/home.ts";
import { checkCluster } from "#scripts/postgres/initialize.ts";
import { postmastersOf, stopLeftBehind } from "#scripts/postgres/left-behind.ts";

const account = findAccount();
const folder = mkdtempSync(join(tmpdir(), "konfirmado-cluster-"));
giveTo(folder, account);
const clusterFolder = join(folder, "cluster");
const logFile = join(folder, "postgres.log");

const start = async (): Promise<Cluster> => {
  const binaries = await usableBinaries(account, () => join(folder, "native"));
  return startCluster({ home: { account, binaries, cluster: clusterFolder }, password: "only-for-this-test", logFile, isDurable: false });
};

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}

beforeAll(async () => (await start()).stop());
beforeEach(() => stopLeftBehind(clusterFolder));
afterAll(async () => {
  await stopLeftBehind(clusterFolder);
  rmSync(folder, { recursive: true, force: true });
});

test("an orphaned PostgreSQL of the data folder is stopped by the next start, and its data is there", async () => {
  const first = await start();
  await ask(first.url("postgres"), "create table kept (n int)");
  // Without its guard nobody tells PostgreSQL that its launcher has gone.
  const guard = listProcesses().find(({ args }) => args[0] === "/bin/sh" && args.includes(clusterFolder) && args.includes("-D"));
  if (!guard) throw new Error("the guard is not found"); // never kill(0): that is everybody here
  process.kill(guard.pid, "SIGKILL");
  await first.ended;
  expect(postmastersOf(clusterFolder)).toHaveLength(1);

  const second = await start();
  expect(second.note).toBe("an earlier one was still running and was stopped");
  expect(await ask(second.url("postgres"), "select count(*)::int from kept")).toEqual([{ count: 0 }]);
  expect(postmastersOf(clusterFolder)).toHaveLength(1);
  await second.stop();
  expect(postmastersOf(clusterFolder)).toHaveLength(0);
});

test("a stale postmaster.pid never stops the innocent process whose pid it holds", async () => {
  const innocent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  writeFileSync(join(clusterFolder, "postmaster.pid"), `${innocent.pid}\n${clusterFolder}\n`);
  const cluster = await start();
  expect(cluster.note).toBeUndefined();
  expect(innocent.exitCode ?? innocent.signalCode).toBeNull();
  await cluster.stop();
  innocent.kill();
});

test("a postmaster.pid full of garbage does not block the start", async () => {
  writeFileSync(join(clusterFolder, "postmaster.pid"), "not a pid at all");
  const cluster = await start();
  expect(cluster.note).toBeUndefined();
  await cluster.stop();
});

test("a wrong password is a sentence, not a crash", async () => {
  const binaries = await usableBinaries(account, () => join(folder, "native"));
  const wish = { home: { account, binaries, cluster: clusterFolder }, password: "another", logFile, isDurable: false };
  await expect(startCluster(wish)).rejects.toThrow("the password kept in the data folder is not the one of this database");
  await vi.waitUntil(() => postmastersOf(clusterFolder).length === 0);
});

test.each([
  ["a missing PG_VERSION", (broken: string) => rmSync(join(broken, "PG_VERSION")), "its file PG_VERSION is missing"],
  [
    "garbage in PG_VERSION",
    (broken: string) => writeFileSync(join(broken, "PG_VERSION"), "\u0000\u0001"),
    "its file PG_VERSION holds no version",
  ],
  [
    "another major version",
    (broken: string) => writeFileSync(join(broken, "PG_VERSION"), "16\n"),
    "was made by PostgreSQL 16, but PostgreSQL 18",
  ],
  ["a missing control file", (broken: string) => rmSync(join(broken, "global", "pg_control")), "global/pg_control is missing"],
])("a data folder with %s is refused in one sentence that says what to do", (_name, breakIt, words) => {
  const broken = join(folder, "broken", "postgres");
  rmSync(broken, { recursive: true, force: true });
  mkdirSync(join(folder, "broken"), { recursive: true });
  cpSync(clusterFolder, broken, { recursive: true });
  expect(checkCluster(broken, "18")).toBe("ready");
  breakIt(broken);
  expect(() => checkCluster(broken, "18")).toThrow(words);
  expect(() => checkCluster(broken, "18")).toThrow(/delete|DATA_DIR/);
});
