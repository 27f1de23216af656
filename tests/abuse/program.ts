import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { vi } from "vitest";
import { freePort } from "#scripts/plain/ports.mjs";
import type { World } from "../support/world.ts";

const root = join(import.meta.dirname, "..", "..");
const node = join(root, "node_modules", "node", "bin", "node");

export type Program = {
  url: string;
  child: ChildProcess;
  /** What it logged so far, one object per line. */
  lines(): Record<string, unknown>[];
  words(): string;
  /** Settles with the exit code when the process has ended. */
  ended: Promise<number | null>;
};

/** src/server.ts or src/worker.ts as a process of its own, in production mode, without pages. It ends with `stopPrograms`. */
export async function startProgram(
  world: World,
  file: "src/server.ts" | "src/worker.ts",
  settings: Record<string, string> = {},
): Promise<Program> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(node, ["--import", "./scripts/jsx-hook.mjs", file], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      LOG_LEVEL: "info",
      PORT: String(port),
      WORKER_PORT: String(port),
      HOST: "127.0.0.1",
      PAGES: "off",
      WORKER: "off",
      DATABASE_POOL_MAX: "8",
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.add(child);
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (words += chunk.toString()));
  let hasEnded = false;
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve)).finally(() => (hasEnded = true));
  const program: Program = { url, child, ended, words: () => words, lines: () => parsed(words) };
  const isReady = () => /"msg":"(worker )?ready"/.test(words);
  await vi.waitUntil(() => hasEnded || isReady(), { timeout: 40_000, interval: 30 }).catch(() => {});
  if (hasEnded) throw new Error(`${file} ended: ${words}`);
  if (!isReady()) throw new Error(`${file} is not ready: ${words}`);
  await world.owner.query("select 1");
  return program;
}

const started = new Set<ChildProcess>();

export async function stopPrograms(): Promise<void> {
  const running = [...started].filter((child) => child.exitCode === null && child.signalCode === null);
  const ends = running.map((child) => new Promise((resolve) => child.once("exit", resolve)));
  for (const child of running) child.kill("SIGKILL");
  await Promise.all(ends);
  started.clear();
}

function parsed(words: string): Record<string, unknown>[] {
  return words
    .split("\n")
    .flatMap((line) => (line.startsWith("{") && line.endsWith("}") ? [JSON.parse(line) as Record<string, unknown>] : []));
}
