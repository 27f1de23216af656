import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../plain/settings.mjs";
import type { Count } from "./parts.ts";

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    message?: string;
    assertionResults: { status?: string; fullName?: string; failureMessages?: string[] | null }[];
  }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  errors?: PlaywrightError[];
  suites?: PlaywrightSuite[];
}

interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: { title: string; file: string; ok: boolean; tests: { results: { errors: PlaywrightError[] }[] }[] }[];
}

interface PlaywrightError {
  message?: string;
}

/** Counts as failures: a file without a test or that does not load, and an error outside tests. */
export function countVitest(file: string, exitCode: number): Count {
  if (!existsSync(file)) return nothingRan;
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  const empty = report.testResults.filter((result) => result.assertionResults.length === 0);
  return atLeast(exitCode, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + empty.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: vitestFailures(report),
  });
}

export function countPlaywright(file: string, exitCode: number): Count {
  if (!existsSync(file)) return nothingRan;
  const report = JSON.parse(readFileSync(file, "utf8")) as PlaywrightReport;
  const { expected, unexpected, flaky, skipped } = report.stats;
  return atLeast(exitCode, { passed: expected, failed: unexpected + flaky, skipped, failures: playwrightFailures(report) });
}

function vitestFailures({ testResults }: VitestReport): string[] {
  return testResults.flatMap(({ name, message, assertionResults }) =>
    assertionResults.length === 0
      ? [failure(name, "it ran no test", message ?? "")]
      : assertionResults
          .filter(({ status }) => status === "failed")
          .map(({ fullName, failureMessages }) => failure(name, fullName ?? "", failureMessages?.[0] ?? "")),
  );
}

function playwrightFailures({ errors = [], suites = [] }: PlaywrightReport): string[] {
  const specsOf = (suite: PlaywrightSuite): NonNullable<PlaywrightSuite["specs"]> => [
    ...(suite.specs ?? []),
    ...(suite.suites ?? []).flatMap(specsOf),
  ];
  const failed = suites.flatMap(specsOf).filter(({ ok }) => !ok);
  return [
    ...errors.map(({ message }) => failure("tests/journeys", "outside of a test", message ?? "")),
    ...failed.map(({ file, title, tests }) =>
      failure(
        `tests/journeys/${file}`,
        title,
        tests[0]?.results.flatMap((result) => result.errors).find(({ message }) => message)?.message ?? "",
      ),
    ),
  ];
}

function failure(file: string, name: string, message: string): string {
  const where = `${relative(root, resolve(root, file))} › ${name}`;
  const said = stripVTControlCharacters(message)
    .split("\n")
    .filter((line) => line.trim())
    .slice(0, messageLinesMax);
  return [where, ...said.map((line) => `    ${line.slice(0, lineLengthMax)}`)].join("\n");
}

const messageLinesMax = 12;
const lineLengthMax = 200;

const nothingRan: Count = { passed: 0, failed: 1, skipped: 0, failures: ["it wrote no report"] };

/** No test at all, or an exit code that the numbers do not explain, is a failure too. */
function atLeast(exitCode: number, count: Count): Count {
  const isUnexplained = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
  return isUnexplained ? { ...count, failed: 1, failures: [`it ended with exit code ${exitCode} after ${count.passed} tests`] } : count;
}
