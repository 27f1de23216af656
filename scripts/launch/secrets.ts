import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Sentence } from "../plain/sentence.mjs";

const names = ["databasePassword", "encryptionKeys", "appSecret", "jwtSecret", "demoPassword", "cronSecret"] as const;
export type DemoSecrets = Record<(typeof names)[number], string>;

/** A folder of an older version has none of these. */
const later = {
  jwtSecret: () => randomBytes(32).toString("hex"),
  /** Of the demo's owner. It is typed by a person, so it has no capital letters. */
  demoPassword: () => `aurora-${randomBytes(5).toString("hex")}`,
};

/** Makes the demo's secrets once. The data folder keeps them, readable only by its owner. */
export function demoSecrets(dataDir: string): DemoSecrets {
  const file = join(dataDir, "secrets.json");
  if (existsSync(file)) return readSecrets(file, dataDir);
  if (existsSync(join(dataDir, "postgres", "PG_VERSION")) || existsSync(join(dataDir, "postgres-is-in"))) {
    throw new Sentence(
      `${file} is missing, and with it the password of the database beside it. Bring it back, or delete ${dataDir} to begin with an empty database.`,
    );
  }
  const secrets: DemoSecrets = {
    databasePassword: randomBytes(24).toString("hex"),
    encryptionKeys: `k1:${randomBytes(32).toString("hex")}`,
    appSecret: randomBytes(32).toString("hex"),
    jwtSecret: later.jwtSecret(),
    demoPassword: later.demoPassword(),
    cronSecret: randomBytes(24).toString("hex"),
  };
  writePrivate(file, secrets);
  return secrets;
}

function readSecrets(file: string, dataDir: string): DemoSecrets {
  const broken = new Sentence(`${file} is broken. Bring back a copy of it, or delete ${dataDir} to begin with an empty database.`);
  let found: Partial<DemoSecrets>;
  try {
    found = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw broken;
  }
  if (names.some((name) => !(name in later) && (typeof found?.[name] !== "string" || found[name] === ""))) throw broken;
  const missing = Object.entries(later).filter(([name]) => !(name in found));
  const complete = { ...Object.fromEntries(missing.map(([name, make]) => [name, make()])), ...found };
  if (missing.length > 0) writePrivate(file, complete);
  return complete as DemoSecrets;
}

/** Writes the whole file or nothing, never readable by others. */
export function writePrivate(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
