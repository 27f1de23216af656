import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { isAlive, startOf } from "./processes.mjs";

/**
 * Takes a lock for the life of this process. Returns `{ holder: pid }` while another process has
 * it, else `{ release, wasLeftBehind }`. Left behind: its killed owner may have children still
 * stopping.
 */
export function takeLock(file) {
  let wasLeftBehind = false;
  const mine = JSON.stringify({ pid: process.pid, start: startOf(process.pid) });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      createWhole(file, mine);
      return { wasLeftBehind, release: () => readOrEmpty(file) === mine && rmSync(file, { force: true }) };
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const found = readOrEmpty(file);
    const owner = ownerOf(found);
    if (owner) return { holder: owner };
    wasLeftBehind = true;
    if (readOrEmpty(file) === found) rmSync(file, { force: true });
  }
  return { holder: 0 };
}

/** Creates the file with its content at once, so that nobody reads a half-written lock. */
function createWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode: 0o600 });
  try {
    linkSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function ownerOf(text) {
  try {
    const { pid, start } = JSON.parse(text);
    return isAlive(pid) && startOf(pid) === start ? pid : undefined;
  } catch {
    return undefined; // garbage: nobody who lives wrote it
  }
}

function readOrEmpty(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
