import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "./lock.mjs";
import { Sentence } from "./sentence.mjs";
import { root } from "./settings.mjs";

const minutesMax = 15;

/** Locks this checkout: two copies that start together must not install or build at once. */
export async function waitForLock(what) {
  mkdirSync(join(root, ".build"), { recursive: true });
  const file = join(root, ".build", "busy.lock");
  const until = Date.now() + minutesMax * 60_000;
  for (let told = false; ; told = true) {
    const lock = takeLock(file);
    if (lock.release) return lock.release;
    if (Date.now() > until)
      throw new Sentence(`Another copy (process ${lock.holder}) is still ${what} after ${minutesMax} minutes. Stop it and try again.`);
    if (!told) console.log(`  … waiting for another copy (process ${lock.holder}) that is ${what}`);
    await new Promise((done) => setTimeout(done, 500));
  }
}
