import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bareOpenings, longSubjects, subjectsSince, wideLines, wideProse } from "./sentences.ts";
import { codeUnder, pathsUnder, readProjectFile, type SourceFile } from "./source.ts";

/** Rooms whose comments and SQL keep to the columns and to whole sentences. A new room is a word here. */
const rooms = ["src", "db", "simulators", "scripts", "bench"];
/** Markdown files and folders of them whose prose keeps to the columns. */
const documents = ["README.md", "ARCHITECTURE.md", "STYLE.md", "CHANGELOG.md", "SECURITY.md", "decisions", "docs"];

const root = join(import.meta.dirname, "..", "..");
const read = (path: string): SourceFile => ({ path, text: readProjectFile(path) });
const sqlUnder = (...folders: string[]) =>
  folders
    .flatMap(pathsUnder)
    .filter((path) => path.endsWith(".sql"))
    .map(read);
const written = () => [...codeUnder(...rooms), ...sqlUnder(...rooms)];

test("comments keep to 100 columns and SQL to 110", () => {
  expect(written().length).toBeGreaterThan(100);
  expect(wideLines(written())).toEqual([]);
});

const words = (count: number) => "word ".repeat(count).trim();

test.each([
  ["a line comment", "src/a.ts", `  // ${words(20)}`],
  ["a JSDoc line", "src/a.ts", `/** ${words(20)} */`],
  ["a line inside a block", "src/a.ts", `/**\n * ${words(21)}\n */`],
  ["a line of SQL", "db/a.sql", `select ${words(22)}`],
])("%s that is too wide is found", (_name, path, text) => {
  expect(wideLines([{ path, text }])).toHaveLength(1);
});

test("code, an address and an arrow at the edge are not too wide", () => {
  expect(wideLines([{ path: "src/a.ts", text: `const a = "${words(25)}";` }])).toEqual([]);
  expect(wideLines([{ path: "src/a.ts", text: ` * https://example.com/${"a".repeat(100)}` }])).toEqual([]);
  expect(wideLines([{ path: "src/a.ts", text: `// ${"→".repeat(48)} ${"→".repeat(48)}` }])).toEqual([]);
});

test("no comment has a sentence that opens with a bare value", () => {
  expect(bareOpenings(written())).toEqual([]);
});

test.each([
  ["a JSDoc", "src/a.ts", "/** True: it is paid. */"],
  ["a second sentence", "src/a.ts", "/** The row. Null: it is gone. */"],
  ["a sentence on its own line", "src/a.ts", "/**\n * The row.\n * Undefined: it is gone.\n */"],
  ["a sentence of a line comment", "src/a.ts", "// The row.\n// False: it is gone."],
  ["a comment behind code", "src/a.ts", "const a = 1; // Null: none"],
  ["a comment of SQL", "db/a.sql", "-- True: it is paid"],
])("%s that opens with a bare value is found", (_name, path, text) => {
  expect(bareOpenings([{ path, text }])).toHaveLength(1);
});

test("a value inside a sentence, a label and a string are left alone", () => {
  const text = '/** Returns null: it is gone. `isOld`: stale. */\nconst a = { "True: x": "Null: y" };';
  expect(bareOpenings([{ path: "src/a.ts", text }])).toEqual([]);
});

test("prose of the documents keeps to 120 columns", () => {
  const paths = documents.flatMap((name) => (name.endsWith(".md") ? [name] : pathsUnder(name).filter((path) => path.endsWith(".md"))));
  expect(wideProse(paths.map(read))).toEqual([]);
});

test("prose that is too wide is found; tables, code, links and addresses may be wide", () => {
  const wide = words(30);
  expect(wideProse([{ path: "README.md", text: `${wide}\n- ${wide}` }])).toHaveLength(2);
  const link = `See [the page](docs/${"a".repeat(120)}.md) and https://example.com/${"a".repeat(120)}.`;
  expect(wideProse([{ path: "README.md", text: `| ${wide} |\n\`\`\`\n${wide}\n\`\`\`\n${link}` }])).toEqual([]);
});

test("subjects of commits have at most 72 characters", ({ skip }) => {
  const subjects = subjectsSince(root);
  if ("unread" in subjects) return skip(subjects.unread);
  expect(longSubjects(subjects)).toEqual([]);
});

test("a subject that is too long is found, and only after the commit where the rule began", () => {
  const folder = mkdtempSync(join(tmpdir(), "subjects-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const git = (...args: string[]) => execFileSync("git", ["-C", folder, "-c", "user.name=a", "-c", "user.email=a@example.com", ...args]);
  git("init", "--quiet");
  for (const subject of ["o".repeat(80), "Begin", "n".repeat(73), "s".repeat(72)]) git("commit", "--quiet", "--allow-empty", "-m", subject);
  const subjects = subjectsSince(folder, "Begin");
  expect(subjects).toEqual(["s".repeat(72), "n".repeat(73)]);
  expect(longSubjects(["s".repeat(72), "n".repeat(73)])).toHaveLength(1);
  expect(subjectsSince(folder, "Never")).toEqual({ unread: expect.stringContaining("Never") });
});

test("without a repository the subjects are not read", () => {
  const folder = mkdtempSync(join(tmpdir(), "subjects-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  expect(subjectsSince(folder)).toEqual({ unread: expect.any(String) });
});
