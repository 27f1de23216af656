import { existsSync, readFileSync } from "node:fs";
import type { Count } from "./parts.ts";

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { name: string; assertionResults: unknown[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** Counts as failures: a file without a test or that does not load, and an error outside tests. */
export function countVitest(file: string, exitCode: number): Count {
  if (!existsSync(file)) return nothingRan;
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport;
  const empty = report.testResults.filter((result) => result.assertionResults.length === 0);
  for (const { name } of empty) console.log(`   ${name} ran no test`);
  const failed = report.numFailedTests + empty.length;
  return atLeast(exitCode, { passed: report.numPassedTests, failed, skipped: report.numPendingTests + report.numTodoTests });
}

export function countPlaywright(file: string, exitCode: number): Count {
  if (!existsSync(file)) return nothingRan;
  const { stats } = JSON.parse(readFileSync(file, "utf8")) as PlaywrightReport;
  return atLeast(exitCode, { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped });
}

const nothingRan: Count = { passed: 0, failed: 1, skipped: 0 };

/** No test at all, or an exit code that the numbers do not explain, is a failure too. */
function atLeast(exitCode: number, count: Count): Count {
  const isUnexplained = count.failed === 0 && (exitCode !== 0 || count.passed === 0);
  return isUnexplained ? { ...count, failed: 1 } : count;
}
