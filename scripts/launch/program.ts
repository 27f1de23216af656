import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Sentence } from "../plain/sentence.mjs";
import { root } from "../plain/settings.mjs";

export interface Program {
  name: string;
  /** Settles with how it ended, in words. */
  ended: Promise<string>;
  stop(): Promise<void>;
}

const secondsToStop = 15;
const preloads = ["jsx-hook.mjs", "stop-with-parent.mjs"].flatMap((file) => ["--import", pathToFileURL(join(root, "scripts", file)).href]);

/** Starts a program in its own process group, because we pass Ctrl-C on in order. */
export function startProgram(input: { name: string; file: string; env: Record<string, string>; logFile: string }): Program {
  mkdirSync(dirname(input.logFile), { recursive: true });
  const log = openSync(input.logFile, "a", 0o600);
  const child = spawn(process.execPath, [...preloads, join(root, input.file)], {
    cwd: root,
    env: { ...process.env, ...input.env } as NodeJS.ProcessEnv,
    detached: process.platform !== "win32",
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const ended = new Promise<string>((done) => {
    child.once("exit", (code, signal) => done(signal ? `was ended by ${signal}` : `ended with code ${code}`));
    child.once("error", (error) => done(`could not be started: ${error.message}`));
  });
  return { name: input.name, ended, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), secondsToStop * 1000);
  await ended;
  clearTimeout(timer);
}

/** Waits for a 200. Throws a sentence when the program ends first, or after the time. */
export async function waitUntilReady(program: Program, url: string, logFile: string, secondsMax: number): Promise<void> {
  let howItEnded: string | undefined;
  void program.ended.then((how) => {
    howItEnded = how;
  });
  let last = "no answer";
  for (const until = Date.now() + secondsMax * 1000; Date.now() < until; ) {
    if (howItEnded) throw new Sentence(`${program.name} ${howItEnded} before it was ready. ${lastWords(logFile)}`);
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(5000) });
      const text = await answer.text();
      if (answer.status === 200) return;
      last = `${answer.status} ${text.slice(0, 300)}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Sentence(`${program.name} was not ready after ${secondsMax} seconds: ${url} answered: ${last}. ${lastWords(logFile)}`);
}

export function lastWords(logFile: string): string {
  try {
    const lines = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-20).join("\n");
    return `Its last log lines (all of them are in ${logFile}):\n\n${lines}`;
  } catch {
    return "It wrote no log.";
  }
}

/** Each start begins a new log and keeps the previous one. */
export function setAside(logFile: string): void {
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.before`);
}
