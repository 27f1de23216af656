// `npm run types:db`: db/types.ts from the migrations, by way of a throwaway database.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrate } from "#db/migrate.ts";
import { Sentence, tell } from "./plain/sentence.mjs";
import { root } from "./plain/settings.mjs";
import { startThrowaway } from "./postgres/throwaway.ts";

const outFile = join(root, "db", "types.ts");
const generated = /export type Int8 = .*;/;
/** platform/db.ts reads every bigint as a number and refuses one that is too large. */
const asNumber = "export type Int8 = ColumnType<number, number, number>;";

const cluster = await startThrowaway();
try {
  const url = cluster.url("postgres");
  await migrate(url);
  const program = join(root, "node_modules", "kysely-codegen", "dist", "cli", "bin.js");
  const args = [
    program,
    "--dialect",
    "postgres",
    "--url",
    url,
    "--out-file",
    outFile,
    "--exclude-pattern",
    "graphile_worker.*",
    "--log-level",
    "warn",
  ];
  const made = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", env: { ...process.env, DATABASE_URL: url } });
  if (made.status !== 0) throw new Sentence(`kysely-codegen failed: ${made.stderr || made.stdout}`);
  const text = readFileSync(outFile, "utf8");
  if (!generated.test(text))
    throw new Sentence("kysely-codegen wrote no Int8 type; scripts/types-db.ts must be adapted to its new output.");
  writeFileSync(outFile, text.replace(generated, asNumber));
  console.log("  ✓ db/types.ts is written");
} catch (error) {
  process.exitCode = tell(error);
} finally {
  await cluster.stop();
}
