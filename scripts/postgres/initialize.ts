import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Sentence } from "../plain/sentence.mjs";
import { giveTo, type Home } from "./home.ts";

export const databaseUser = "konfirmado";

/** Returns whether the folder is empty or opens with this version. Throws a sentence otherwise. */
export function checkCluster(folder: string, ourMajor: string): "missing" | "ready" {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return "missing";
  const advice = `Bring back a copy of it, or delete ${dirname(folder)} to begin with an empty database (everything in it is lost).`;
  const file = `${folder}/PG_VERSION`;
  if (!existsSync(file)) throw new Sentence(`The database in ${folder} is broken: its file PG_VERSION is missing. ${advice}`);
  const major = readFileSync(file, "utf8").trim();
  if (!/^\d{1,3}(\.\d+)?$/.test(major))
    throw new Sentence(`The database in ${folder} is broken: its file PG_VERSION holds no version. ${advice}`);
  if (major !== ourMajor) {
    throw new Sentence(
      `The database in ${folder} was made by PostgreSQL ${major}, but PostgreSQL ${ourMajor} is installed. Move it to ${ourMajor} with pg_upgrade, set DATA_DIR to another folder, or set DATABASE_URL to a PostgreSQL ${major} that opens it.`,
    );
  }
  for (const part of ["global/pg_control", "base", "pg_wal"]) {
    if (!existsSync(`${folder}/${part}`)) throw new Sentence(`The database in ${folder} is broken: ${part} is missing. ${advice}`);
  }
  return "ready";
}

export function majorOf(postgres: string, account: Home["account"]): string {
  const { stdout } = spawnSync(postgres, ["--version"], { ...account, cwd: "/", encoding: "utf8" });
  return /(\d+)/.exec(stdout)?.[1] ?? "";
}

/**
 * Makes the cluster beside its place and moves it there when complete, so that an interrupted start
 * leaves nothing half-made.
 */
export function initializeCluster({ account, binaries, cluster }: Home, password: string, isDurable: boolean): void {
  const draft = `${cluster}.new`;
  const passwordFile = `${cluster}.password`;
  rmSync(draft, { recursive: true, force: true });
  rmSync(cluster, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  giveTo(draft, account);
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, "", { mode: 0o600, flag: "wx" });
  try {
    giveTo(passwordFile, account);
    writeFileSync(passwordFile, `${password}\n`);
    const flags = ["--pgdata", draft, "--username", databaseUser, "--pwfile", passwordFile, "--auth=scram-sha-256", "--encoding=UTF8"];
    // Sorts the same on every machine, whatever its own locales.
    flags.push("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8");
    if (!isDurable) flags.push("--no-sync");
    const made = spawnSync(binaries.initdb, flags, { ...account, cwd: "/", env: postgresEnv(), encoding: "utf8" });
    if (made.status !== 0)
      throw new Sentence(`PostgreSQL could not make its data folder ${cluster}: ${(made.stderr || made.error?.message || "").trim()}`);
    renameSync(draft, cluster);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** Without the person's PG… variables, which would redirect the programs. Logs in English. */
export function postgresEnv(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, LC_ALL: "C" };
  for (const name of Object.keys(env)) {
    if (name.startsWith("PG") || (name.startsWith("LC_") && name !== "LC_ALL")) delete env[name];
  }
  return env;
}
