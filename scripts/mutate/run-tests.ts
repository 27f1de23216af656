import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../plain/settings.mjs";
import type { Copy } from "./copy.ts";

const minutesMax = 5;
const running = new Set<ChildProcess>();
let isStopped = false;

/** `failed` are tests that ran. `trouble` says why the run proves nothing. */
export type Ran = { failed: { file: string; test: string; why: string }[]; passed: number; trouble: string | null };
/** `tests` are parts of names; without any, all tests run. */
type Wish = { files: readonly string[]; tests: readonly string[]; stopsAtFirst?: boolean };

/** Runs Vitest in a copy of the project. */
export async function runTests({ folder }: Copy, { files, tests, stopsAtFirst = false }: Wish): Promise<Ran> {
  const report = join(folder, ".test", "mutate.json");
  rmSync(report, { force: true });
  const args = [
    "run",
    "--reporter=json",
    `--outputFile=${report}`,
    ...(tests.length ? ["-t", tests.map(literally).join("|")] : []),
    ...files,
  ];
  if (stopsAtFirst) args.push("--bail=1");
  const words = await runVitest(folder, args);
  if (!existsSync(report)) return { failed: [], passed: 0, trouble: lastLine(words) };
  return readReport(JSON.parse(readFileSync(report, "utf8")) as Report, folder);
}

/** Resolves when every run has ended. */
export async function stopTests(): Promise<void> {
  isStopped = true;
  await Promise.all(
    [...running].map((child) => {
      const gone = new Promise((done) => child.once("close", done));
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), 5000).unref();
      return gone;
    }),
  );
}

function runVitest(folder: string, args: string[]): Promise<string> {
  if (isStopped) return Promise.resolve("stopped");
  const child = spawn(process.execPath, [join(folder, "node_modules", "vitest", "vitest.mjs"), ...args], {
    cwd: folder,
    // One order of tests, so that two runs of the list say the same.
    env: { ORDER: "1", ...process.env, NODE_COMPILE_CACHE: join(root, ".test", "compiled") },
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.add(child);
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (words = (words + chunk).slice(-20_000)));
  const limit = setTimeout(() => {
    words += `\nno end within ${minutesMax} minutes`;
    child.kill("SIGKILL");
  }, minutesMax * 60_000);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", () => {
      clearTimeout(limit);
      running.delete(child);
      done(words);
    });
  });
}

type Report = {
  success: boolean;
  testResults: { name: string; message: string; assertionResults: { fullName: string; status: string; failureMessages: string[] }[] }[];
};

function readReport({ success, testResults }: Report, folder: string): Ran {
  const tests = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((one) => ({
      file: relative(folder, name),
      test: one.fullName,
      status: one.status,
      why: firstLine(one.failureMessages[0] ?? ""),
    })),
  );
  const failed = tests.filter(({ status }) => status === "failed");
  const passed = tests.filter(({ status }) => status === "passed").length;
  const unloaded = testResults.find(({ assertionResults }) => assertionResults.length === 0);
  // What cannot run was never a breakage that somebody could ship.
  const senseless = failed.find(({ why }) => /^(Reference|Syntax)Error\b/.test(why));
  if (unloaded) return { failed: [], passed, trouble: `${relative(folder, unloaded.name)}: ${lastLine(unloaded.message)}` };
  if (senseless) return { failed: [], passed, trouble: senseless.why };
  if (failed.length === 0 && passed === 0) return { failed, passed, trouble: "no test ran" };
  if (failed.length === 0 && !success) return { failed, passed, trouble: "the run failed, and none of its tests did" };
  return { failed, passed, trouble: null };
}

const lastLine = (words: string): string => words.trimEnd().split("\n").at(-1)?.slice(0, 200) || "no test ran";
const firstLine = (words: string): string => words.split("\n", 1)[0]?.slice(0, 120) ?? "";
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
