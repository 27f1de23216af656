import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { takeLock } from "#scripts/plain/lock.mjs";
import { startOf } from "#scripts/plain/processes.mjs";

const folder = mkdtempSync(join(tmpdir(), "konfirmado-lock-"));
const file = join(folder, "launcher.lock");
afterAll(() => rmSync(folder, { recursive: true }));

test("a lock of a living process is respected, and is free after its release", () => {
  const first = takeLock(file);
  expect(takeLock(file).holder).toBe(process.pid);
  first.release?.();
  const second = takeLock(file);
  expect(second.holder).toBeUndefined();
  second.release?.();
});

test.each([
  ["a dead process", JSON.stringify({ pid: 2 ** 22 + 1, start: "1" })],
  ["a process that began at another time (its pid came again)", JSON.stringify({ pid: process.pid, start: `${startOf(process.pid)}0` })],
  ["nobody: garbage", "}{"],
  ["nobody: empty", ""],
])("a lock left behind by %s is taken over", (_name, content) => {
  writeFileSync(file, content);
  const lock = takeLock(file);
  expect(lock).toMatchObject({ wasLeftBehind: true });
  lock.release?.();
});
