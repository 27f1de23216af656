import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".test", "engine");
/** What is native, or heavy and loaded only by who needs it. */
const leftOut = ["sharp", "pdfkit", "better-auth", "better-auth/*", "@simplewebauthn/server"];
const keptMs = 3_600_000;
// Packages of the CommonJS kind ask for Node's own modules with `require`.
const banner = 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);';
let made: Promise<string> | undefined;

/**
 * The engine with all that it imports in one file, so that a process of it starts in half the processor time. Made of the same sources each time;
 * the name is made of the content, so that two runs beside each other, and an earlier one, never mix.
 */
export const bundleEngine = (): Promise<string> => {
  made ??= make();
  return made;
};

async function make(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["tests/support/engine-program.ts"],
    outdir: folder,
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "esnext",
    jsx: "automatic",
    banner: { js: banner },
    external: leftOut,
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error("esbuild wrote nothing");
  const file = join(folder, `${createHash("sha256").update(bundle.contents).digest("hex").slice(0, 16)}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    removeOld();
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, bundle.contents);
    renameSync(draft, file);
  }
  return file;
}

/** Those that no run uses any more. */
function removeOld(): void {
  for (const file of readdirSync(folder).map((name) => join(folder, name)))
    if (Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > keptMs) rmSync(file, { force: true });
}
