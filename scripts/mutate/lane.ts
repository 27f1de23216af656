import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../plain/settings.mjs";
import type { Copy } from "./copy.ts";

const minutesMax = 5;
const secondsToStop = 20;
const running = new Set<ChildProcess>();

/** `failed` are tests that ran. `trouble` says why the run proves nothing. */
export type Ran = { failed: { file: string; test: string; why: string }[]; passed: number; trouble: string | null };
/** `tests` are parts of names; without any, all tests run. */
export type Wish = { files: readonly string[]; tests: readonly string[]; stopsAtFirst?: boolean; changed?: readonly string[] };

export type Lane = {
  run(wish: Wish, minutes?: number): Promise<Ran>;
  /** The file was written again: the next run is not to know what it was. */
  forget(file: string): void;
  stop(): Promise<void>;
};

/**
 * Runs tests in a copy of the project. Vitest, what it has compiled, and PostgreSQL with its
 * migrated template stay from run to run; each file of tests has a process of its own, which loads
 * the product anew. Not for a change in `db`: its template is made once, at the first run.
 */
export function openLane({ folder }: Copy): Lane {
  let child: ChildProcess | null = null;
  let words = "";
  let written: string[] = [];
  const start = (): ChildProcess => {
    // One order of tests, so that two runs of the list say the same.
    const env = { ORDER: "1", ...process.env, TESTS_APART: "on", NODE_COMPILE_CACHE: join(root, ".test", "compiled") };
    const started = fork(join(folder, "scripts/mutate/lane-program.ts"), {
      cwd: folder,
      env,
      execArgv: [],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    words = "";
    for (const stream of [started.stdout, started.stderr]) stream?.on("data", (chunk) => (words = (words + chunk).slice(-20_000)));
    running.add(started);
    started.once("exit", () => running.delete(started));
    return started;
  };
  return {
    async run(wish, minutes = minutesMax) {
      child ??= start();
      const asked = child;
      const changed = [...written, ...(wish.changed ?? [])];
      written = [];
      const ran = await answerOf(asked, { ...wish, changed }, minutes * 60_000);
      if (typeof ran !== "string") return ran;
      child = null;
      await end(asked);
      return { failed: [], passed: 0, trouble: `${ran}: ${lastLine(words)}` };
    },
    forget(file) {
      written.push(file);
    },
    async stop() {
      if (child) await end(child);
      child = null;
    },
  };
}

/** Resolves when every lane has ended, with its PostgreSQL. */
export async function stopLanes(): Promise<void> {
  await Promise.all([...running].map(end));
}

/** Or why there is none. */
function answerOf(child: ChildProcess, wish: Wish, ms: number): Promise<Ran | string> {
  return new Promise((done) => {
    const settle = (answer: Ran | string) => {
      clearTimeout(limit);
      child.off("message", settle);
      child.off("exit", onExit);
      done(answer);
    };
    const onExit = () => settle("the run ended by itself");
    const limit = setTimeout(() => settle(`no end within ${ms / 60_000} minutes`), ms);
    child.on("message", settle);
    child.once("exit", onExit);
    child.send(wish);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill("SIGKILL"), secondsToStop * 1000);
  await gone;
  clearTimeout(timer);
}

const lastLine = (words: string): string => words.trimEnd().split("\n").at(-1)?.slice(0, 200) || "no word";
