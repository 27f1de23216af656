import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { node26 } from "./install.mjs";
import { root } from "./settings.mjs";

const hook = pathToFileURL(join(root, "scripts", "jsx-hook.mjs")).href;

/**
 * Runs a TypeScript program in Node 26 and returns its exit code. Its own process group gets Ctrl-C
 * once, through us. When we are killed, it sees its channel close.
 */
export function continueInNode26(file, args, extra = {}) {
  const env = { ...process.env, ...extra, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(node26, ["--import", hook, join(root, file), ...args], {
    cwd: root,
    env,
    detached: process.platform !== "win32",
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  whenNpmHasGone(() => child.kill("SIGTERM"));
  return new Promise((done, fail) => {
    child.once("error", fail);
    child.once("exit", (code, signal) => {
      child.removeAllListeners();
      if (child.connected) child.disconnect();
      done(code ?? (signal ? 1 : 0));
    });
  });
}

/** npm runs us in a shell, which goes without a word at SIGTERM. Our parent is another one then. */
function whenNpmHasGone(stop) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, 500);
  timer.unref();
}
