import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuilt } from "../launch/build.ts";
import { root } from "../plain/settings.mjs";
import { countPlaywright, countVitest } from "./reports.ts";
import { runTool } from "./run.ts";

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Part {
  title: string;
  /** The whole run covers it by another part. */
  isOnlyOnWish?: boolean;
  /** Runs beside the other long parts, after the quick ones. */
  isLong?: boolean;
  run(): Promise<Count>;
}

const reports = join(root, ".test");

/** In the order in which they run. */
export const parts: Record<string, Part> = {
  types: { title: "TypeScript", run: () => check("typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json"]) },
  lint: { title: "Biome", run: () => check("@biomejs/biome/bin/biome", ["check", "--max-diagnostics=200", "--colors=off"]) },
  knip: { title: "what is unused", run: () => check("knip/bin/knip.js", ["--no-progress"]) },
  tidy: { title: "rooms, arrows, sizes, catalogues", isOnlyOnWish: true, run: () => vitest(["--project", "unit", "tests/tidy"]) },
  audit: { title: "packages: hashes, install scripts, licences, known weaknesses", run: audit },
  build: { title: "next build, when something has changed", run: build },
  tests: { title: "unit, simulators, database, provider, race, storm and launch tests", isLong: true, run: () => vitest([]) },
  journeys: { title: "a browser walks through the pages", isLong: true, run: journeys },
};

async function check(file: string, args: string[]): Promise<Count> {
  const { code, words } = await runTool(file, args, { isQuiet: true });
  if (code !== 0) console.log(words.trimEnd());
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** With exit code 2 the registry could not be asked, which neither passes nor fails. */
async function audit(): Promise<Count> {
  const { code } = await runTool("../scripts/audit.mjs", [], { isQuiet: false });
  if (code === 0 || code === 2) return { passed: code === 0 ? 2 : 1, failed: 0, skipped: 0 };
  return { passed: 0, failed: 1, skipped: 0 };
}

async function build(): Promise<Count> {
  await ensureBuilt();
  return { passed: 1, failed: 0, skipped: 0 };
}

async function vitest(args: string[]): Promise<Count> {
  const report = freshReport("vitest.json");
  const { code } = await runTool(
    "vitest/vitest.mjs",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args],
    { isQuiet: false },
  );
  return countVitest(report, code);
}

async function journeys(): Promise<Count> {
  const folder = join(root, "tests", "journeys");
  const hasFiles = existsSync(folder) && readdirSync(folder, { recursive: true }).some((name) => /\.(spec|test)\.ts$/.test(String(name)));
  if (!hasFiles) {
    console.log("   there are no browser tests yet");
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const report = freshReport("journeys.json");
  const { code } = await runTool("@playwright/test/cli.js", ["test"], { isQuiet: false, env: { PLAYWRIGHT_JSON: report } });
  return countPlaywright(report, code);
}

function freshReport(name: string): string {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, name);
  rmSync(file, { force: true });
  return file;
}
