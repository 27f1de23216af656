import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const modules = join(import.meta.dirname, "..", "..", "..", "node_modules");
const cache = join(modules, ".cache");

/**
 * Unpacks @sparticuz/chromium once, into node_modules/.cache. It brings fonts and libraries for machines that lack them, but only
 * unpacks the libraries when it believes to be at Amazon's, and always into the temporary folder; hence the two variables.
 */
export async function unpackChromium(): Promise<{ executablePath: string; librariesPath: string }> {
  const { version } = JSON.parse(readFileSync(join(modules, "@sparticuz/chromium/package.json"), "utf8")) as { version: string };
  const home = join(cache, `chromium-${version}`);
  if (!existsSync(join(home, "chromium"))) await unpackInto(home);
  if (!existsSync("/etc/fonts/fonts.conf")) process.env["FONTCONFIG_PATH"] ??= join(home, "fonts");
  return { executablePath: join(home, "chromium"), librariesPath: join(home, "al2023", "lib") };
}

async function unpackInto(home: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(`${home}-`);
  const kept = { ...process.env };
  Object.assign(process.env, { TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: "nodejs22.x" });
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    await packed.executablePath();
  } finally {
    for (const name of ["TMPDIR", "AWS_LAMBDA_JS_RUNTIME", "LD_LIBRARY_PATH", "FONTCONFIG_PATH"]) {
      if (kept[name] === undefined) delete process.env[name];
      else process.env[name] = kept[name];
    }
  }
  const fonts = join(draft, "fonts", "fonts.conf");
  writeFileSync(fonts, readFileSync(fonts, "utf8").replaceAll("/tmp/", `${home}/`));
  // In one step, so that a run that was killed here leaves no half-unpacked browser.
  rmSync(home, { recursive: true, force: true });
  renameSync(draft, home);
}
