import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import pg from "pg";
import { freePort } from "../plain/ports.mjs";
import { Sentence } from "../plain/sentence.mjs";
import { giveTo, type Home } from "./home.ts";
import { checkCluster, initializeCluster, majorOf, postgresEnv } from "./initialize.ts";
import { postmastersOf, stopLeftBehind } from "./left-behind.ts";
import { lastLines, urlOf, whenReady } from "./ready.ts";

export interface Cluster {
  url(database: string): string;
  stop(): Promise<void>;
  /** Settles when PostgreSQL ends for any reason. */
  ended: Promise<void>;
  /** Says that an earlier PostgreSQL was stopped first. */
  note: string | undefined;
}

export interface ClusterWish {
  home: Home;
  password: string;
  logFile: string;
  /** A throwaway cluster is not durable: a power cut may lose everything. */
  isDurable: boolean;
  /** Override all other settings. */
  settings?: string[];
  /** Default: any free port. A restart needs the old one, because clients are connected to it. */
  port?: number;
}

const secondsToStop = 20;
const startsMax = 3;

/**
 * The shell between us and PostgreSQL stops it (fast shutdown) when our end of descriptor 3 closes,
 * even if we are killed. PostgreSQL has its own session, so that Ctrl-C does not end it first.
 */
const guard =
  '"$@" 3<&- & pid=$!; ( read -r _ <&3; kill -INT $pid ) & watcher=$!; wait $pid; code=$?; kill $watcher 2>/dev/null; exit $code';

export async function startCluster(wish: ClusterWish): Promise<Cluster> {
  const { account, binaries, cluster } = wish.home;
  const wasRunning = await stopLeftBehind(cluster);
  if (checkCluster(cluster, majorOf(binaries.postgres, account)) === "missing") initializeCluster(wish.home, wish.password, wish.isDurable);
  for (let attempt = 1; ; attempt += 1) {
    const port = wish.port ?? (await freePort());
    const logBefore = existsSync(wish.logFile) ? statSync(wish.logFile).size : 0;
    const started = launch(wish, port);
    const problem = await whenReady(started.ended, port, wish.password);
    if (!problem) {
      const note = wasRunning ? "an earlier one was still running and was stopped" : undefined;
      return { ...started, url: (database) => urlOf(port, wish.password, database), note };
    }
    await started.stop();
    // Another program took the port, or a killed PostgreSQL's last backends are still leaving.
    const words = readFileSync(wish.logFile).subarray(logBefore).toString();
    const isWorthAnother = /Address already in use|shared memory block/.test(words);
    if (!isWorthAnother || attempt === startsMax) {
      throw new Sentence(`PostgreSQL did not start in ${cluster}: ${problem}. Its last log lines:\n${lastLines(wish.logFile)}`);
    }
    await new Promise((done) => setTimeout(done, 1000));
  }
}

function launch({ home, logFile, isDurable, settings = [] }: ClusterWish, port: number): Pick<Cluster, "stop" | "ended"> {
  const flags = ["-D", home.cluster, "-p", String(port)];
  const chosen = ["listen_addresses=127.0.0.1", "unix_socket_directories=", "log_min_messages=warning"];
  if (!isDurable) chosen.push("fsync=off", "synchronous_commit=off", "full_page_writes=off");
  for (const setting of [...chosen, ...settings]) flags.push("-c", setting);
  const log = openSync(logFile, "a", 0o600);
  giveTo(logFile, home.account);
  const isWindows = process.platform === "win32";
  const [program, args] = isWindows ? [home.binaries.postgres, flags] : ["/bin/sh", ["-c", guard, "sh", home.binaries.postgres, ...flags]];
  const child: ChildProcess = spawn(program, args, {
    ...home.account,
    cwd: "/",
    env: postgresEnv(),
    detached: true,
    stdio: ["ignore", log, log, "pipe"],
  });
  closeSync(log);
  const ended = new Promise<void>((done) => {
    child.once("exit", () => done());
    child.once("error", () => done());
  });
  child.unref();
  const line = child.stdio[3] as Writable;
  line.on("error", () => {}); // the guard has gone; `ended` tells
  return { ended, stop: () => stop(child, line, home.cluster, ended) };
}

async function stop(child: ChildProcess, line: Writable, folder: string, ended: Promise<void>): Promise<void> {
  line.end();
  if (process.platform === "win32") child.kill();
  const timer = setTimeout(() => void stopLeftBehind(folder), secondsToStop * 1000);
  child.ref();
  await ended;
  clearTimeout(timer);
  if (postmastersOf(folder).length) await stopLeftBehind(folder);
}

/** Makes a database if it is missing. We choose the name, never a person. */
export async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (!rowCount) await client.query(`create database ${pg.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

export const logFileIn = (dataDir: string) => join(dataDir, "logs", "postgres.log");
