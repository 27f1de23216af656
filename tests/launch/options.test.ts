import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseArguments } from "#scripts/plain/arguments.mjs";

const root = join(import.meta.dirname, "../..");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> };
/** These run until they are stopped, or hand their words to another program. */
const without = ["serve", "worker", "format", "test", "check", "nightly", "lock:complete"];
const commands = Object.entries(scripts).filter(([name]) => !without.includes(name));

/** As npm runs it, with what a person typed behind `--`. */
function typed(line: string, word: string): Promise<{ code: number | null; said: string }> {
  const [, program = ""] = line.match(/node (scripts\/.*?)(?: \|\||$)/) ?? [];
  const env = { ...process.env, DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing", DATABASE_DIRECT_URL: "" };
  const child = spawn(process.execPath, [...program.split(" "), word], { cwd: root, env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  return new Promise((done) => child.once("close", (code) => done({ code, said: said.trim() })));
}

test.concurrent.each(commands)("npm run %s answers an unknown option with one sentence and 1", { timeout: 60_000 }, async (_name, line) => {
  const { code, said } = await typed(line, "--typo");
  expect(said).toMatch(/^There is no --typo\. (There (is|are) --[^\n]*|This command has no options)\.$/);
  expect(code).toBe(1);
});

describe("what a person types", () => {
  const known = { flags: ["ask"], values: ["date"] } as const;
  test("is read by its names", () => {
    expect(parseArguments(known, ["--ask", "--date", "2026-11-26"])).toEqual({ values: { ask: true, date: "2026-11-26" }, words: [] });
    expect(parseArguments({ ...known, words: true }, ["wompi", "--date=x"])).toEqual({ values: { date: "x" }, words: ["wompi"] });
  });

  test.each([
    [["--date"], "--date needs a value behind it."],
    [["--date", "--ask"], "--date needs a value behind it."],
    [["--ask=yes"], "--ask stands alone."],
    [["-a"], "There is no -a. There are --ask and --date."],
    [["today"], 'There is nothing to say with "today". There are --ask and --date.'],
  ])("%j is answered with a sentence", (words, sentence) => {
    expect(() => parseArguments(known, words)).toThrow(sentence);
  });
});
