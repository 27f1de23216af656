import { readFileSync } from "node:fs";
import pg from "pg";
import { databaseUser } from "./initialize.ts";

const secondsToStart = 60;

/** Waits until it answers. Returns the reason if it does not. */
export async function whenReady(ended: Promise<void>, port: number, password: string): Promise<string | undefined> {
  let hasEnded = false;
  void ended.then(() => {
    hasEnded = true;
  });
  let last = "no answer";
  for (const until = Date.now() + secondsToStart * 1000; Date.now() < until; ) {
    if (hasEnded) return "it ended at once";
    const client = new pg.Client({ connectionString: urlOf(port, password, "postgres"), connectionTimeoutMillis: 2000 });
    client.on("error", () => {});
    try {
      await client.connect();
      await client.end();
      return undefined;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
      if (/password authentication failed/.test(last)) return "the password kept in the data folder is not the one of this database";
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  return `it gave no answer in ${secondsToStart} seconds (${last})`;
}

export const urlOf = (port: number, password: string, database: string) =>
  `postgres://${databaseUser}:${password}@127.0.0.1:${port}/${database}`;

export function lastLines(file: string): string {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-8).join("\n");
}
