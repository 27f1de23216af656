import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { testedProviders } from "#tests/support/payers/tested-provider.ts";
import { ensureBuilt } from "../launch/build.ts";
import { root } from "../plain/settings.mjs";
import { countPlaywright, countVitest } from "./reports.ts";
import { runTool } from "./run.ts";

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
  /** Each by its file and name, with the beginning of what it said. */
  failures: string[];
}

export interface Part {
  title: string;
  /**
   * On two processors, the long parts beside each other. What takes longer says so at its end: a
   * busy machine is no fault.
   */
  budgetSeconds: number;
  /** The whole run covers it by another part, or a night does. */
  isOnlyOnWish?: boolean;
  /** The others of the quick parts run in order, this one beside them. */
  isApart?: boolean;
  /** The long parts wait for those that are not, and run side by side. */
  isLong?: boolean;
  run(): Promise<Count>;
}

const reports = join(root, ".test");
const full = { MATRIX: "full" };

/** In the order in which they begin. */
export const parts: Record<string, Part> = {
  types: {
    title: "TypeScript",
    budgetSeconds: 30,
    run: () => check("typescript/bin/tsc", ["--noEmit", "-p", "tsconfig.json", "--checkers", "1"]),
  },
  lint: {
    title: "Biome",
    budgetSeconds: 5,
    run: () => check("@biomejs/biome/bin/biome", ["check", "--max-diagnostics=200", "--colors=off"]),
  },
  knip: { title: "what is unused", budgetSeconds: 15, run: () => check("knip/bin/knip.js", ["--no-progress"]) },
  audit: { title: "packages: hashes, install scripts, licences, known weaknesses", budgetSeconds: 10, run: audit },
  build: { title: "next build, when something has changed", budgetSeconds: 60, isApart: true, run: build },
  tests: {
    title: "unit, simulators, database, provider, race, storm and launch tests",
    budgetSeconds: 540,
    isLong: true,
    run: () => vitest([]),
  },
  journeys: { title: "a browser walks through the pages", budgetSeconds: 540, isLong: true, run: () => journeys([]) },

  tidy: {
    title: "rooms, arrows, sizes, catalogues",
    budgetSeconds: 20,
    isOnlyOnWish: true,
    run: () => vitest(["--project", "unit", "tests/tidy"]),
  },
  looks: {
    title: "every page and state in all languages at all widths, in every colour scheme",
    budgetSeconds: 600,
    isOnlyOnWish: true,
    run: () => journeys(["looks.spec", "weight.spec", "dashboard/", "money/"], full),
  },
  zones: {
    title: "slots around every change of clocks until 2030",
    budgetSeconds: 60,
    isOnlyOnWish: true,
    run: () => vitest(["--project", "unit", "tests/unit/domain-slots"], full),
  },
  floods: {
    title: "the model, the races and the junk of strangers, for long",
    budgetSeconds: 900,
    isOnlyOnWish: true,
    run: () =>
      vitest(["tests/model", "tests/abuse/webhooks", "tests/races"], { MODEL_RUNS: "300", JUNK_WEBHOOKS: "50000", RACE_ROUNDS: "40" }),
  },
  providers: {
    title: "the engine, silence, races and crashes with each provider",
    budgetSeconds: 3600,
    isOnlyOnWish: true,
    run: eachProvider,
  },
  storms: { title: "long storms", budgetSeconds: 1500, isOnlyOnWish: true, run: storms },
  mutate: { title: "every kept breakage is noticed", budgetSeconds: 2400, isOnlyOnWish: true, run: () => tool("scripts/mutate.ts", []) },
};

const passedOnce: Count = { passed: 1, failed: 0, skipped: 0, failures: [] };
/** What failed stands in its own output. */
const failedOnce: Count = { passed: 0, failed: 1, skipped: 0, failures: [] };

async function check(file: string, args: string[]): Promise<Count> {
  const { code, words } = await runTool(file, args, { isQuiet: true });
  if (code !== 0) console.log(words.trimEnd());
  return code === 0 ? passedOnce : { passed: 0, failed: 1, skipped: 0, failures: [words.trimEnd()] };
}

/** With exit code 2 the registry could not be asked, which neither passes nor fails. */
async function audit(): Promise<Count> {
  const { code } = await runTool("../scripts/audit.mjs", [], { isQuiet: false });
  if (code === 0 || code === 2) return { ...passedOnce, passed: code === 0 ? 2 : 1 };
  return failedOnce;
}

async function build(): Promise<Count> {
  await ensureBuilt();
  return passedOnce;
}

async function vitest(args: string[], env: Record<string, string> = {}): Promise<Count> {
  const report = freshReport("vitest.json");
  const { code } = await runTool(
    "vitest/vitest.mjs",
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args],
    // Tests wait longer than a page may, so that the journeys beside them come first.
    { isQuiet: false, givesWay: true, env },
  );
  return countVitest(report, code);
}

async function journeys(args: string[], env: Record<string, string> = {}): Promise<Count> {
  const report = freshReport("journeys.json");
  const { code } = await runTool("@playwright/test/cli.js", ["test", ...args], {
    isQuiet: false,
    env: { ...env, PLAYWRIGHT_JSON: report },
  });
  return countPlaywright(report, code);
}

/** One after the other: which provider the tests have is chosen once in a process. */
async function eachProvider(): Promise<Count> {
  const sum: Count = { passed: 0, failed: 0, skipped: 0, failures: [] };
  for (const provider of Object.keys(testedProviders)) {
    const { passed, failed, skipped, failures } = await vitest(["tests/engine", "tests/silence", "tests/races", "tests/crash"], {
      PROVIDER: provider,
    });
    sum.passed += passed;
    sum.failed += failed;
    sum.skipped += skipped;
    sum.failures.push(...failures.map((words) => `PROVIDER=${provider} ${words}`));
  }
  return sum;
}

/** Other seeds each night. */
async function storms(): Promise<Count> {
  const today = Math.floor(Date.now() / 86_400_000);
  return tool("scripts/storm.ts", ["--seed", String(today * 10), "--customers", "200", "--storms", "10", "--provider", "mixed"]);
}

async function tool(file: string, args: string[]): Promise<Count> {
  const { code } = await runTool("../scripts/tool.mjs", [file, ...args], { isQuiet: false, minutesMax: 60 });
  return code === 0 ? passedOnce : failedOnce;
}

function freshReport(name: string): string {
  mkdirSync(reports, { recursive: true });
  const file = join(reports, name);
  rmSync(file, { force: true });
  return file;
}
