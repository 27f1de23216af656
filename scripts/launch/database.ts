import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Settings } from "../plain/settings.mjs";
import { type Cluster, ensureDatabase, logFileIn, startCluster } from "../postgres/cluster.ts";
import { findHome } from "../postgres/home.ts";
import { checkOutsideDatabase } from "./outside-database.ts";

export interface Database {
  url: string;
  /** Is undefined when DATABASE_URL names the person's own database. */
  cluster: Cluster | undefined;
  note: string;
}

const name = "konfirmado";

/** Opens the database of DATABASE_URL, or our own in the data folder. */
export async function openDatabase(settings: Settings, password: string, keep: (cluster: Cluster) => void): Promise<Database> {
  if (settings.databaseUrl)
    return { url: settings.databaseUrl, cluster: undefined, note: await checkOutsideDatabase(settings.databaseUrl) };
  const logFile = logFileIn(settings.dataDir);
  mkdirSync(dirname(logFile), { recursive: true });
  const home = await findHome(settings.dataDir);
  const cluster = await startCluster({ home, password, logFile, isDurable: true });
  keep(cluster);
  await ensureDatabase(cluster.url("postgres"), name);
  return { url: cluster.url(name), cluster, note: [home.note, cluster.note].filter(Boolean).join("; ") };
}
