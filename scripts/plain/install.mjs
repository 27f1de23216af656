import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync, readlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { waitForLock } from "./busy.mjs";
import { Sentence } from "./sentence.mjs";
import { root } from "./settings.mjs";
import { step } from "./terminal.mjs";

const modules = join(root, "node_modules");
const mark = join(modules, ".konfirmado-install");
const isWindows = process.platform === "win32";
export const node26 = join(modules, "node", "bin", isWindows ? "node.exe" : "node");

/** Runs `npm ci` when node_modules is missing or belongs to another lock file. */
export async function ensureInstalled() {
  if (isCurrent()) return;
  const release = await waitForLock("installing or building");
  try {
    if (isCurrent()) return;
    if (!matchesLockFile()) await step("installing packages (npm ci)", npmCi);
    checkPrograms();
    writeFileSync(mark, wantedMark());
  } finally {
    release();
  }
}

const isCurrent = () => existsSync(mark) && readFileSync(mark, "utf8") === wantedMark() && existsSync(node26);

function wantedMark() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

/** Returns true if somebody has installed exactly these versions by hand. */
function matchesLockFile() {
  const hidden = join(modules, ".package-lock.json");
  if (!existsSync(hidden) || !existsSync(node26)) return false;
  const have = JSON.parse(readFileSync(hidden, "utf8")).packages;
  const want = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const isMissing = ([path, entry]) => path !== "" && (have[path] ? have[path].version !== entry.version : !entry.optional && !entry.peer);
  return !Object.entries(want).some(isMissing) && Object.keys(have).every((path) => want[path]);
}

async function npmCi() {
  // Through a link it would empty somebody else's folder.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Sentence(
      `node_modules is a link to ${readlinkSync(modules)}, where other packages are installed. Remove the link, then try again.`,
    );
  mkdirSync(join(root, ".build"), { recursive: true });
  const logFile = join(root, ".build", "install.log");
  const log = openSync(logFile, "w");
  // Our programs run in the Node 26 inside, so engine-strict must not judge by the Node outside.
  const args = ["--include=dev", "--engine-strict=false"];
  let code = await npm(["ci", ...args], log);
  // npm ci refuses a lock file without other platforms' optional packages. npm install accepts it
  // and installs the same versions.
  if (code !== 0 && /code EUSAGE/.test(readFileSync(logFile, "utf8"))) code = await npm(["install", "--no-save", ...args], log);
  closeSync(log);
  if (code === 0) return;
  console.error(readFileSync(logFile, "utf8").trimEnd());
  throw new Sentence(
    `Installing the packages failed (npm ended with ${code}; its output is above and in ${logFile}). Check the network and try again.`,
  );
}

function npm(args, log) {
  return new Promise((done, fail) => {
    const child = spawn("npm", args, { cwd: root, env: outsideEnv(), stdio: ["ignore", log, log], shell: isWindows });
    const stop = () => child.kill("SIGTERM");
    process.once("exit", stop);
    child.once("error", (error) => {
      fail(new Sentence(`npm could not be started (${error.code ?? error.message}). Install Node.js with npm and try again.`));
    });
    child.once("close", (result) => {
      process.off("exit", stop);
      done(result);
    });
  });
}

/**
 * `npm ci` deletes the Node 26 in node_modules that may run us, so npm runs in the Node outside.
 */
function outsideEnv() {
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return { ...process.env, PATH: path.join(delimiter), NODE_ENV: "development" };
}

/** A person may have told npm not to run install scripts. Then the packages lack their programs. */
function checkPrograms() {
  if (existsSync(node26) && spawnSync(node26, ["--version"]).status === 0) return;
  throw new Sentence(
    "The packages are installed, but the program of the package `node` is missing or does not run here: npm was probably told not to run install scripts (ignore-scripts). " +
      "Allow them once with `npm rebuild --ignore-scripts=false`, then try again.",
  );
}
