import { expect, test } from "vitest";
import { codeUnder, type SourceFile } from "./source.ts";

/** How long something lives in this process's own memory is no business of the database. */
const ownClocks = [
  "src/commands/answer-once.ts",
  "src/queries/connections.ts",
  "src/queries/merchant/served-tenant.ts",
  "src/queries/shelf.ts",
];

const readsItsOwnClock = (files: SourceFile[]) =>
  files.filter(({ path, text }) => !ownClocks.includes(path) && /\bDate\.now\(|\bnew Date\(\)/.test(text)).map(({ path }) => path);

test("commands, queries, jobs and providers ask for the database's time, because a process's clock may be wrong", () => {
  expect(readsItsOwnClock(codeUnder("src/commands", "src/queries", "src/jobs", "src/providers"))).toEqual([]);
  const wrong = ["const now = Date.now();", "at: new Date()"].map((text, n) => ({ path: `src/commands/${n}.ts`, text }));
  expect(readsItsOwnClock(wrong)).toHaveLength(2);
  expect(readsItsOwnClock([{ path: "src/queries/a.ts", text: "new Date(row.at)" }])).toEqual([]);
});
