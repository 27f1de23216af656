import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { unpackChromium } from "./packed-chromium.ts";

export interface Chromium {
  executablePath: string;
  args: string[];
}

/** Nothing but the tests' own requests goes out; root may not use the sandbox, nor may most containers. */
const quietArgs = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  "--no-sandbox",
  "--disable-dev-shm-usage",
];
const usualPaths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const remembered = "KONFIRMADO_TEST_CHROMIUM";

/** The first browser that really starts: CHROMIUM_PATH, the system's, Playwright's own, else the one from npm that needs nothing installed. */
export async function findChromium(): Promise<Chromium> {
  const known = process.env[remembered];
  if (known) return { executablePath: known, args: quietArgs };
  const failures: string[] = [];
  for (const [name, find] of Object.entries(candidates)) {
    const executablePath = await find();
    if (!executablePath) continue;
    const failure = existsSync(executablePath) ? await tryOut(executablePath) : "the file does not exist";
    if (!failure) {
      process.env[remembered] = executablePath; // the test's other processes need not try again
      return { executablePath, args: quietArgs };
    }
    failures.push(`${name} (${executablePath}): ${failure}`);
    if (name === "CHROMIUM_PATH") break; // a person's choice is not replaced in silence
  }
  throw new Error(
    `No browser starts here. Set CHROMIUM_PATH to a Chromium, or run: npx playwright install chromium. Tried:\n${failures.join("\n")}`,
  );
}

const candidates: Record<string, () => string | undefined | Promise<string | undefined>> = {
  CHROMIUM_PATH: () => process.env["CHROMIUM_PATH"] || undefined,
  ...Object.fromEntries(usualPaths.map((path) => [path, () => (existsSync(path) ? path : undefined)])),
  "Playwright's own": () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined),
  "@sparticuz/chromium": fromPackage,
};

/** Its own libraries only where the system's do not do: they are older than many systems'. */
async function fromPackage(): Promise<string> {
  const { executablePath, librariesPath } = await unpackChromium();
  if (await tryOut(executablePath))
    process.env["LD_LIBRARY_PATH"] = [librariesPath, process.env["LD_LIBRARY_PATH"]].filter(Boolean).join(":");
  return executablePath;
}

async function tryOut(executablePath: string): Promise<string | undefined> {
  try {
    const browser = await chromium.launch({ executablePath, args: quietArgs, timeout: 30_000 });
    try {
      const page = await browser.newPage();
      await page.goto("data:text/html,<title>works</title>", { timeout: 15_000 });
      return (await page.title()) === "works" ? undefined : "it does not show a page";
    } finally {
      await browser.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message.split("\n").slice(0, 6).join(" ") : String(error);
  }
}
