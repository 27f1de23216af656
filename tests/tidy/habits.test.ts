import { expect, test } from "vitest";
import { missingOptional } from "#scripts/complete-lock.mjs";
import { lockedAddresses, sleeps, strayJobs } from "./habits.ts";
import { codeUnder, readProjectFile } from "./source.ts";

test("no job is enqueued outside log-event but timers and the inbox", () => {
  expect(strayJobs(codeUnder("src"))).toEqual([]);
});

test("a stray job is found", () => {
  const text = "await sql`select enqueue_job('send-mail', '{}')`.execute(tx)";
  expect(strayJobs([{ path: "src/commands/bookings/start-booking.ts", text }])).toHaveLength(1);
  expect(strayJobs([{ path: "src/http/webhooks.ts", text: "await enqueueJob(tx)" }])).toHaveLength(1);
  expect(strayJobs([{ path: "src/jobs/timers.ts", text }])).toEqual([]);
});

test("no test sleeps", () => {
  expect(sleeps(codeUnder("tests"))).toEqual([]);
});

test.each([
  ["a promise around setTimeout", "await new Promise((done) => setTimeout(done, 100));"],
  ["the promised timers of Node", 'import { setTimeout as later } from "node:timers/promises";'],
  ["the browser's waiting", "await page.waitForTimeout(500);"],
])("%s is found", (_name, text) => {
  expect(sleeps([{ path: "tests/a.test.ts", text }])).toHaveLength(1);
});

test("the lock file holds no address", () => {
  expect(lockedAddresses(readProjectFile("package-lock.json"))).toEqual([]);
  expect(lockedAddresses('{"packages":{"node_modules/a":{"resolved":"https://example.com/a.tgz"}}}')).toHaveLength(1);
});

test("the lock file names the optional packages of every platform, or npm ci refuses it (npm run lock:complete)", () => {
  expect(missingOptional(JSON.parse(readProjectFile("package-lock.json")))).toEqual([]);
  const tool = { optionalDependencies: { "tool-linux": "1.0.0", "tool-win32": "1.0.0" } };
  expect(missingOptional({ packages: { "node_modules/tool": tool, "node_modules/tool-linux": {} } })).toHaveLength(1);
});
