import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isAlive, startOf } from "../plain/processes.mjs";
import { writePrivate } from "./secrets.ts";

const fileIn = (dataDir: string) => join(dataDir, "database.json");

/** While the demo runs, other programs (doctor, migrate …) find its database and secrets here. */
export function tellRunning(dataDir: string, url: string, environment: Record<string, string>): void {
  writePrivate(fileIn(dataDir), { url, pid: process.pid, start: startOf(process.pid), environment });
}

export function tellStopped(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** Returns the environment of the demo that runs on this data folder, if one does. */
export function runningEnvironment(dataDir: string): Record<string, string> | undefined {
  try {
    const { pid, start, environment } = JSON.parse(readFileSync(fileIn(dataDir), "utf8"));
    return isAlive(pid) && startOf(pid) === start ? environment : undefined;
  } catch {
    return undefined;
  }
}
