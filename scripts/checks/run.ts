import { type ChildProcess, spawn } from "node:child_process";
import { setPriority } from "node:os";
import { join } from "node:path";
import { root } from "../plain/settings.mjs";

const usualMinutesMax = 25;
const secondsBetweenSigns = 30;
const running = new Set<ChildProcess>();

export function stopRunning(): void {
  for (const child of running) child.kill("SIGTERM");
}

/** Behind a browser, whose person would wait. */
const stepsBack = 5;

/**
 * Runs a program of node_modules in this Node without stdin. `isQuiet` only collects output, and
 * with `givesWay` everything else has the processors first.
 */
export function runTool(
  file: string,
  args: string[],
  options: { isQuiet: boolean; givesWay?: boolean; env?: Record<string, string>; minutesMax?: number },
): Promise<{ code: number; words: string }> {
  const startedAt = Date.now();
  const { minutesMax = usualMinutesMax } = options;
  // Tests start many processes of ours. Once compiled, they start in half the time.
  const env: NodeJS.ProcessEnv = { NODE_COMPILE_CACHE: join(root, ".test", "compiled"), ...process.env, ...options.env };
  const child = spawn(process.execPath, [join(root, "node_modules", file), ...args], {
    cwd: root,
    env,
    stdio: options.isQuiet ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
  });
  if (options.givesWay && child.pid !== undefined) setPriority(child.pid, stepsBack);
  running.add(child);
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (words += chunk));
  const sign = setInterval(() => console.log(`   … ${Math.round((Date.now() - startedAt) / 1000)} s`), secondsBetweenSigns * 1000);
  const limit = setTimeout(() => {
    words += `\nstopped after ${minutesMax} minutes`;
    console.error(`   stopped after ${minutesMax} minutes`);
    child.kill("SIGKILL");
  }, minutesMax * 60_000);
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("close", (code) => {
      clearInterval(sign);
      clearTimeout(limit);
      running.delete(child);
      done({ code: code ?? 1, words });
    });
  });
}
