import { spawnSync } from "node:child_process";
import { Sentence } from "../plain/sentence.mjs";

/** The system user of PostgreSQL, or empty for ourselves. PostgreSQL refuses to run as root. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** As root, finds the user `postgres` (made if it is missing), else `nobody`. */
export function findAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  const found = ids("postgres") ?? (makeUser() ? ids("postgres") : undefined) ?? ids("nobody");
  if (found) return found;
  throw new Sentence(
    "PostgreSQL cannot run as root, and there is no user `postgres` or `nobody` to run it as. Start as another user, or set DATABASE_URL to a PostgreSQL of your own.",
  );
}

function ids(name: string): Account | undefined {
  const uid = Number.parseInt(spawnSync("id", ["-u", name], { encoding: "utf8" }).stdout ?? "", 10);
  const gid = Number.parseInt(spawnSync("id", ["-g", name], { encoding: "utf8" }).stdout ?? "", 10);
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}

function makeUser(): boolean {
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", "postgres"]],
    ["adduser", ["-S", "-D", "-H", "postgres"]],
  ];
  return ways.some(([program, args]) => spawnSync(program, args).status === 0);
}
