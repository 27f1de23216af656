import { existsSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive, listProcesses } from "../plain/processes.mjs";
import { Sentence } from "../plain/sentence.mjs";

const secondsToStop = 20;

/**
 * Stops a PostgreSQL that a killed launcher left on this folder, and deletes its stale
 * postmaster.pid. Returns whether one was running.
 */
export async function stopLeftBehind(folder: string): Promise<boolean> {
  const pids = postmastersOf(folder);
  for (const pid of pids) await stopPostmaster(pid, folder);
  // Nobody serves this folder now, so the file is stale. PostgreSQL would not start if its pid now
  // names another process.
  rmSync(join(folder, "postmaster.pid"), { force: true });
  return pids.length > 0;
}

/** Found by arguments, because the pid in the file may belong to another process by now. */
export function postmastersOf(folder: string): number[] {
  const wanted = new Set([folder, existsSync(folder) ? realpathSync(folder) : folder]);
  return listProcesses()
    .filter(({ args }) => /(^|[\\/])postgres(\.exe)?$/.test(args[0] ?? "") && wanted.has(args[args.indexOf("-D") + 1] ?? ""))
    .map(({ pid }) => pid);
}

async function stopPostmaster(pid: number, folder: string): Promise<void> {
  // https://www.postgresql.org/docs/18/server-shutdown.html: SIGINT is fast, SIGQUIT immediate.
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return; // gone meanwhile
    }
    if (await isGone(pid, secondsToStop)) return;
  }
  throw new Sentence(
    `A PostgreSQL from an earlier start (process ${pid}) still uses ${folder} and cannot be stopped. Stop it and start again.`,
  );
}

export async function isGone(pid: number, seconds: number): Promise<boolean> {
  for (const until = Date.now() + seconds * 1000; Date.now() < until; ) {
    if (!isAlive(pid)) return true;
    await new Promise((done) => setTimeout(done, 50));
  }
  return !isAlive(pid);
}
