import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Breakage } from "#tests/breakages/breakage.ts";
import { root } from "../plain/settings.mjs";

export type Copy = { folder: string; remove(): void };

/** The project as git knows it, new files too, in a folder of its own. Its packages are links. */
export function copyProject(): Copy {
  // Its real path: by that one Vitest knows the files.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "konfirmado-mutate-")));
  for (const path of projectFiles()) cpSync(join(root, path), join(folder, path));
  // Links inside a real folder: Vitest writes its cache there, and must not write into ours.
  const packages = join(folder, "node_modules");
  mkdirSync(packages);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!/^\.(vite|cache)/.test(name)) symlinkSync(join(root, "node_modules", name), join(packages, name));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Another one after any change of the project. */
export function contentOf(): string {
  const sum = createHash("sha256");
  for (const path of projectFiles()) sum.update(`${path}\0`).update(readFileSync(join(root, path)));
  return sum.digest("hex");
}

function projectFiles(): string[] {
  const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" });
  return listed.split("\0").filter((path) => path && existsSync(join(root, path)));
}

/** Breaks one line of the copy. Returns what mends it, or why it cannot be broken. */
export function breakCopy({ folder }: Copy, { file, find, replace }: Breakage): (() => void) | string {
  const path = join(folder, file);
  if (!existsSync(path)) return `there is no ${file}`;
  const whole = readFileSync(path, "utf8");
  const times = whole.split(find).length - 1;
  if (times !== 1) return `its line stands ${times} times in ${file}`;
  // A function, because "$&" and the like mean something in a text.
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  );
  return () => writeFileSync(path, whole);
}
