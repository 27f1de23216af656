import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Sentence } from "./sentence.mjs";

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Reads what a person may set. Throws one sentence for the first wrong value. */
export function readSettings(env) {
  const port = readPort(env, "PORT", 3000);
  const simulatorsPort = readPort(env, "SIMULATORS_PORT", 4400);
  const smtpPort = simulatorsPort + 1;
  if (smtpPort > 65535)
    throw new Sentence("SIMULATORS_PORT is 65535, but the simulated mail server needs the port after it. Choose a smaller number.");
  if (port === simulatorsPort) throw new Sentence(`PORT and SIMULATORS_PORT are both ${port}. Give them different numbers.`);
  if (port === smtpPort) {
    throw new Sentence(
      `PORT is ${port}, which the simulated mail server needs (SIMULATORS_PORT + 1). Choose another PORT or SIMULATORS_PORT.`,
    );
  }
  const appUrl = readAppUrl(env, port);
  return { port, simulatorsPort, smtpPort, appUrl, databaseUrl: readDatabaseUrl(env), dataDir: resolve(root, env.DATA_DIR || ".data") };
}

function readPort(env, name, fallback) {
  const text = env[name];
  if (text === undefined || text === "") return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 65535)
    throw new Sentence(`${name} is "${text}". It must be a whole number from 1 to 65535.`);
  return value;
}

function readAppUrl(env, port) {
  const text = env.APP_URL;
  if (!text) return `http://localhost:${port}`;
  if (!/^https?:$/.test(parsed(text)?.protocol ?? ""))
    throw new Sentence(`APP_URL is "${text}". It must be an address such as http://localhost:${port}.`);
  return text.replace(/\/+$/, "");
}

function readDatabaseUrl(env) {
  const text = env.DATABASE_URL;
  if (!text) return undefined;
  const url = parsed(text);
  if (!url || !/^postgres(ql)?:$/.test(url.protocol) || !url.hostname || url.pathname.length < 2) {
    throw new Sentence(
      `DATABASE_URL is "${withoutPassword(text)}". It must look like postgres://user:password@host:5432/database; leave it out and a database starts by itself.`,
    );
  }
  return text;
}

function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Hides the password of an address, for messages. */
export function withoutPassword(text) {
  return text.replace(/:[^:@/]*@/, ":***@");
}

/** Makes the data folder if it is missing, and tries to write in it. */
export function checkDataDir(dataDir) {
  try {
    makeFolder(dataDir);
    if (!statSync(dataDir).isDirectory()) throw Object.assign(new Error("it is not a folder"), { code: "ENOTDIR" });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
    const probe = join(dataDir, `.probe-${process.pid}`);
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    throw new Sentence(
      `The data folder ${dataDir} cannot be written (${error.code ?? error.message}). Make it writable, or set DATA_DIR to another folder.`,
    );
  }
}

/** Makes folder by folder: under /proc, Node's own `recursive` never ends (seen with 20.20). */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  mkdirSync(folder);
}
