import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { readArguments } from "../plain/arguments.mjs";
import { waitForLock } from "../plain/busy.mjs";
import { Sentence } from "../plain/sentence.mjs";
import { root } from "../plain/settings.mjs";
import { step } from "../plain/terminal.mjs";

const mark = join(root, ".next", ".konfirmado-build");
// tsconfig.json is missing here, because next build writes into it.
const inputs = ["src", "messages", "public", "db/types.ts", "package-lock.json"];
const looseInputs = /^(next|postcss|tailwind)\.config\.\w+$/;
const variables = ["NEXT_PUBLIC_", "KONFIRMADO_BUILD_"];

/** Builds the pages if anything they are made of has changed. Returns true if it built. */
export async function ensureBuilt(isForced = false): Promise<boolean> {
  if (!isForced && isBuilt()) return false;
  const release = await waitForLock("installing or building");
  try {
    if (!isForced && isBuilt()) return false;
    const wanted = hashOfInputs();
    await step("building the pages (next build)", runBuild);
    writeFileSync(mark, wanted);
    return true;
  } finally {
    release();
  }
}

function isBuilt(): boolean {
  return existsSync(join(root, ".next", "BUILD_ID")) && existsSync(mark) && readFileSync(mark, "utf8") === hashOfInputs();
}

function hashOfInputs(): string {
  const hash = createHash("sha256");
  const loose = readdirSync(root).filter((name) => looseInputs.test(name));
  for (const file of [...inputs, ...loose].flatMap((name) => filesUnder(join(root, name))).sort()) {
    hash.update(relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
  }
  for (const name of Object.keys(process.env).sort()) {
    if (variables.some((prefix) => name.startsWith(prefix))) hash.update(`${name}=${process.env[name]}\0`);
  }
  return hash.digest("hex");
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

async function runBuild(): Promise<void> {
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, [join(root, "node_modules", "next", "dist", "bin", "next"), "build"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = () => child.kill("SIGTERM");
  process.once("exit", stop);
  let words = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (words += chunk));
  const code = await new Promise<number | null>((done, fail) => {
    child.once("error", fail);
    child.once("close", done);
  });
  process.off("exit", stop);
  if (code !== 0) throw new Sentence(`Building the pages failed (next build ended with ${code}):\n\n${words.trimEnd()}`);
}

if (import.meta.main) {
  try {
    if (!(await ensureBuilt(readArguments({ flags: ["force"] }).values.force ?? false)))
      console.log("  ✓ the build in .next is up to date");
  } catch (error) {
    console.error(error instanceof Sentence ? `\n  ${error.message}\n` : error);
    process.exitCode = 1;
  }
}
