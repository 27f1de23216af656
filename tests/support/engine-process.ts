import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { freePort } from "#scripts/plain/ports.mjs";
import { bundleEngine } from "./engine-bundle.ts";
import type { Said } from "./engine-program.ts";

const root = join(import.meta.dirname, "../..");
const wordsMax = 8000;

/** The product without its pages in a process of its own: what a test may kill. Whatever kills it, another takes its place at once. */
export type Engine = {
  url: string;
  /** How each of its processes ended so far, but the last: a signal, or an exit code. */
  deaths: (string | number)[];
  /** The last words on stderr: only bugs speak there. */
  words(): string;
  /** From now on this process dies at the named crash point; the next one does not. */
  crashAt(point: string): void;
  kill(): Promise<void>;
  /** Answers when a process is there and listening. */
  ready(): Promise<void>;
  stop(): Promise<void>;
};

/** `settings` lie over the environment of this process. */
export async function startEngine(settings: Record<string, string> = {}): Promise<Engine> {
  const [port, program] = await Promise.all([freePort(), bundleEngine()]);
  const url = `http://127.0.0.1:${port}`;
  const places = { PORT: String(port), HOST: "127.0.0.1", APP_URL: url, NODE_COMPILE_CACHE: join(root, ".test/compile-cache") };
  const env = { ...process.env, ...settings, ...places, CRASH_AT: "" };
  let isStopping = false;
  let words = "";
  let child: ChildProcess;
  let spare: ChildProcess | undefined;
  let ready: Promise<void>;
  const deaths: (string | number)[] = [];
  const say = (to: ChildProcess, words: Said) => to.send(words);

  const load = () => {
    const loading = fork(program, [], { env, cwd: root, execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    loading.stderr?.on("data", (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-wordsMax);
    });
    return loading;
  };
  /** The next process has its code loaded already: what is waited for is the product's start, not the compiler's. */
  const launch = () => {
    const launched = spare ?? load();
    child = launched;
    say(launched, { go: true });
    spare = load();
    ready = new Promise<void>((resolve, reject) => {
      launched.once("message", () => resolve());
      launched.once("exit", () => reject(new Error(`the engine ended before it was ready: ${words}`)));
    });
    ready.catch(() => {});
    launched.once("exit", (code, signal) => {
      deaths.push(signal ?? code ?? -1);
      if (!isStopping) launch();
    });
  };
  launch();
  const whenReady = async (): Promise<void> => {
    for (let attempt = 0; ; attempt += 1) {
      const waited = ready;
      try {
        await waited;
        if (waited === ready) return;
      } catch (error) {
        if (waited === ready || attempt > 10) throw error;
      }
    }
  };
  await whenReady();
  return {
    url,
    deaths,
    words: () => words,
    crashAt: (point) => say(child, { crashAt: point }),
    async kill() {
      const victim = child;
      const ended = once(victim, "exit");
      victim.kill("SIGKILL");
      await ended;
    },
    ready: whenReady,
    async stop() {
      isStopping = true;
      const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
      child.kill("SIGKILL");
      spare?.kill("SIGKILL");
      await ended;
    },
  };
}
