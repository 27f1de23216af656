import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { operations } from "#contracts/operations/index.ts";
import type { Operation } from "#contracts/operations/operation.ts";
import { pathsUnder, readProjectFile } from "./source.ts";

const root = join(import.meta.dirname, "..", "..");
const listed: readonly Operation[] = operations;
const documents = ["README.md", "ARCHITECTURE.md", "STYLE.md", "SECURITY.md", ...pathsUnder("docs").filter((path) => path.endsWith(".md"))];
const texts = documents.map((path) => ({ path, text: readProjectFile(path) }));
const scripts = Object.keys((JSON.parse(readProjectFile("package.json")) as { scripts: object }).scripts);

/** Every match of the pattern's group, with the document where it stands. */
const mentioned = (pattern: RegExp) =>
  texts.flatMap(({ path, text }) => [...text.matchAll(pattern)].map((match) => ({ path, name: match[1] ?? "" })));
const unknown = (found: { path: string; name: string }[], known: (name: string, path: string) => boolean) =>
  found.filter(({ path, name }) => !known(name, path)).map(({ path, name }) => `${path}: ${name}`);

const walks = ["ARCHITECTURE.md", "docs/walks.md"];

test("the architecture is one page", () => {
  expect(readProjectFile("ARCHITECTURE.md").trimEnd().split("\n").length).toBeLessThanOrEqual(110);
});

describe("what the documents name exists", () => {
  test("commands", () => {
    const found = mentioned(/npm run ([a-z][\w:-]*)/g);
    expect(found.length).toBeGreaterThan(10);
    expect(unknown(found, (name) => scripts.includes(name))).toEqual([]);
  });

  /** Set by a host, a shell or the example itself, and read by nothing of ours. */
  const foreign =
    /^(NODE_OPTIONS|NODE_ENV|PATH|DOCUMENT_ROOT|OTEL_EXPORTER_OTLP_(PROTOCOL|TIMEOUT)|RAILWAY_\w+|CALLBACK_\w+|KONFIRMADO_\w+)$/;
  const variables = [...readProjectFile(".env.example").matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);

  test("variables", () => {
    const inCode = mentioned(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g);
    const inShell = mentioned(/^\s*(?:- )?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)=/gm);
    expect(inCode.length).toBeGreaterThan(20);
    const codes = readProjectFile("src/platform/db-errors.ts") + readProjectFile("src/platform/redis.ts");
    const isKnown = (name: string) => variables.includes(name) || foreign.test(name) || codes.includes(name);
    expect(unknown([...inCode, ...inShell], isKnown)).toEqual([]);
  });

  test("files", () => {
    const found = mentioned(/`((?:src|tests|db|docs|scripts|simulators|decisions|bench)\/[\w./-]+)`/g);
    expect(found.length).toBeGreaterThan(20);
    const decisions = pathsUnder("decisions");
    // Some documents leave a test's ending away, or name a decision by its number.
    const isThere = (name: string) =>
      existsSync(join(root, name)) || existsSync(join(root, `${name}.test.ts`)) || decisions.some((path) => path.startsWith(`${name}-`));
    expect(unknown(found, isThere)).toEqual([]);
  });

  test("files of a walk, which are named without their room", () => {
    const files = ["src", "db", "tests", "scripts", "simulators", "bench"].flatMap(pathsUnder).map((path) => `/${path}`);
    const inWalks = mentioned(/`((?:[\w.[\]()-]+\/)*[\w.-]+\.(?:tsx?|sql|md|mjs))`/g).filter(({ path }) => walks.includes(path));
    expect(inWalks.length).toBeGreaterThan(80);
    expect(unknown(inWalks, (name) => files.some((path) => path.endsWith(`/${name}`)))).toEqual([]);
    const folders = mentioned(/`((?:app|commands|queries|http|jobs|providers|ui|domain|contracts)\/[\w/[\]-]+)`/g);
    expect(unknown(folders, (name) => files.some((path) => path.startsWith(`/src/${name}`)))).toEqual([]);
  });

  test("links to other files", () => {
    const found = mentioned(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g);
    expect(found.length).toBeGreaterThan(5);
    expect(unknown(found, (name, path) => existsSync(join(root, dirname(path), name)))).toEqual([]);
  });

  test("addresses", () => {
    const paths = listed.map(({ path }) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`));
    const found = mentioned(/\b(?:https:\/\/citas\.example\.com|GET |POST |`)(\/api\/[\w/{}-]+)/g);
    expect(found.length).toBeGreaterThan(1);
    expect(unknown(found, (name) => name.endsWith("/") || paths.some((path) => path.test(name)))).toEqual([]);
  });
});

describe("a host that runs only Next", () => {
  test("has the crons of the documents, each at an address that a cron may GET", () => {
    const { crons } = JSON.parse(readProjectFile("vercel.json")) as { crons: { path: string; schedule: string }[] };
    expect(Object.fromEntries(crons.map(({ path, schedule }) => [path, schedule]))).toEqual({
      "/api/cron/work": "* * * * *",
      "/api/cron/cleanup-holds": "*/5 * * * *",
      "/api/cron/cleanup-unpaid": "*/15 * * * *",
    });
    for (const { path } of crons) {
      const operation = listed.find((each) => each.path === path);
      expect(operation).toMatchObject({ callers: ["operator"] });
      expect(operation?.methods).toContain("get");
    }
  });

  test("answers every address that customers and providers call", () => {
    const called = listed.filter(({ callers }) => callers.includes("customer") || callers.includes("provider"));
    const firsts = new Set(called.map(({ path }) => path.split("/")[1]));
    for (const first of firsts) expect(existsSync(join(root, "src", "app", first ?? "", "[[...path]]", "route.ts")), first).toBe(true);
    expect(firsts).toEqual(new Set(["api", "pay", "store"]));
  });
});
