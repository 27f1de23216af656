import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countPlaywright, countVitest } from "#scripts/checks/reports.ts";

const folder = mkdtempSync(join(tmpdir(), "konfirmado-reports-"));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}
const vitest = (passed: number, failed: number, files: number[]) =>
  report({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: files.map((tests, index) => ({ name: `file ${index}`, assertionResults: Array(tests).fill({}) })),
  });

test("passed and failed tests are counted", () => {
  expect(countVitest(vitest(3, 1, [2, 2]), 1)).toMatchObject({ passed: 3, failed: 1, skipped: 0 });
  expect(countPlaywright(report({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } }), 1)).toMatchObject({
    passed: 4,
    failed: 2,
    skipped: 2,
  });
});

test("a failed test is told by its file, its name and the beginning of what it said", () => {
  const said = "\u001b[31mAssertionError\u001b[39m: expected 1 to be 2\n\n    at somewhere";
  const vitest = report({
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [
      {
        name: join(process.cwd(), "tests/unit/sums.test.ts"),
        assertionResults: [
          { status: "passed", fullName: "a sum", failureMessages: [] },
          { status: "failed", fullName: "another sum", failureMessages: [said] },
        ],
      },
    ],
  });
  const words = "    AssertionError: expected 1 to be 2\n        at somewhere";
  expect(countVitest(vitest, 1).failures).toEqual([`tests/unit/sums.test.ts › another sum\n${words}`]);

  const spec = (ok: boolean) => ({
    title: `is ${ok}`,
    file: "hold.spec.ts",
    ok,
    tests: [{ results: [{ errors: ok ? [] : [{ message: said }] }] }],
  });
  const journeys = report({
    stats: { expected: 1, unexpected: 1, flaky: 0, skipped: 0 },
    suites: [{ specs: [spec(true)], suites: [{ specs: [spec(false)] }] }],
  });
  expect(countPlaywright(journeys, 1).failures).toEqual([`tests/journeys/hold.spec.ts › is false\n${words}`]);
  expect(countVitest(join(folder, "none.json"), 1).failures).toEqual(["it wrote no report"]);
});

test("a file that ran no test is a failure", () => {
  expect(countVitest(vitest(3, 0, [3, 0]), 0).failed).toBe(1);
});

test("no test at all, no report, and an unexplained exit code are failures", () => {
  expect(countVitest(vitest(0, 0, []), 0).failed).toBe(1);
  expect(countVitest(join(folder, "none.json"), 0).failed).toBe(1);
  expect(countVitest(vitest(3, 0, [3]), 1).failed).toBe(1);
  expect(countPlaywright(report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } }), 0).failed).toBe(1);
});
