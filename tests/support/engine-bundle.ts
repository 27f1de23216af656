import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "../..");
const folder = join(root, ".test", "engine");
// Packages of the CommonJS kind ask for Node's own modules with `require`.
const banner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

/**
 * The engine with all that it imports in one file, so that a process of it starts in half the processor time. Made of the same sources each time;
 * the name is made of the content, so that two runs beside each other, and an earlier one, never mix.
 */
export async function bundleEngine(): Promise<string> {
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
  });
  const [bundle] = outputFiles;
  if (!bundle) throw new Error("esbuild wrote nothing");
  const file = join(folder, `${createHash("sha256").update(bundle.contents).digest("hex").slice(0, 16)}.mjs`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, bundle.contents);
    renameSync(draft, file);
  }
  return file;
}
