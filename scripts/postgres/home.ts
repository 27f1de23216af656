import { spawnSync } from "node:child_process";
import { chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Sentence } from "../plain/sentence.mjs";
import { type Account, findAccount } from "./account.ts";
import { type Binaries, usableBinaries } from "./binaries.ts";

export interface Home {
  account: Account;
  binaries: Binaries;
  /** PostgreSQL's data folder. */
  cluster: string;
  /** Printed once when the cluster is not in the data folder. */
  note?: string;
}

/** Finds the database: in the data folder, or elsewhere if PostgreSQL's user cannot enter it. */
export async function findHome(dataDir: string): Promise<Home> {
  const account = findAccount();
  const inside = join(dataDir, "postgres");
  let elsewhere = readPointer(dataDir, account);
  if (!elsewhere && !canEnter(inside, account)) elsewhere = makeElsewhere(dataDir, account);
  const copyTo = () => {
    elsewhere ??= makeElsewhere(dataDir, account);
    return join(elsewhere, "native");
  };
  const binaries = await usableBinaries(account, copyTo);
  if (!elsewhere || existsSync(join(inside, "PG_VERSION"))) return { account, binaries, cluster: inside };
  return {
    account,
    binaries,
    cluster: join(elsewhere, "cluster"),
    note: `in ${elsewhere}, because the user that PostgreSQL runs under cannot enter ${dataDir}`,
  };
}

const pointerOf = (dataDir: string) => join(dataDir, "postgres-is-in");

function readPointer(dataDir: string, account: Account): string | undefined {
  const pointer = pointerOf(dataDir);
  if (!existsSync(pointer)) return undefined;
  const folder = readFileSync(pointer, "utf8").trim();
  if (existsSync(folder) && lstatSync(folder).isDirectory() && lstatSync(folder).uid === account.uid) return folder;
  throw new Sentence(
    `${pointer} says that the database lies in ${folder}, but that folder is missing or belongs to somebody else. Bring it back, or delete ${dataDir} to begin with an empty database.`,
  );
}

/** /var/tmp outlives a reboot, /tmp may not. Only PostgreSQL's user may enter the random folder. */
function makeElsewhere(dataDir: string, account: Account): string {
  const folder = mkdtempSync(join(existsSync("/var/tmp") ? "/var/tmp" : tmpdir(), "konfirmado-"));
  giveTo(folder, account);
  writeFileSync(pointerOf(dataDir), `${folder}\n`);
  return folder;
}

function canEnter(folder: string, account: Account): boolean {
  if (account.uid === undefined) return true;
  const isNew = !existsSync(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (isNew) giveTo(folder, account);
  return spawnSync("ls", [folder], { ...account, cwd: "/" }).status === 0;
}

export function giveTo(path: string, account: Account): void {
  if (account.uid !== undefined && account.gid !== undefined) chownSync(path, account.uid, account.gid);
}
