import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { Breakage } from "#tests/breakages/breakage.ts";
import { breakages } from "#tests/breakages/index.ts";
import { codeUnder, readProjectFile } from "./source.ts";

const countMin = 60;

/** Where names of tests stand: also those of suites, which several files run. */
const tests = codeUnder("tests").filter(({ path }) => !path.startsWith("tests/breakages/"));
/** What is in brackets may be put in by a list of cases. */
const isNamed = (name: string) => tests.some(({ text }) => text.includes(name.replace(/ ?\(.*/s, "")));

/** What would keep `npm run mutate` from breaking it, or from seeing that a test notices it. */
function complaints(list: readonly Breakage[]): string[] {
  const seen = new Set<string>();
  return list.flatMap(({ guarantee, file, find, replace, noticedBy, test: name }) => {
    const about = (what: string) => [`"${guarantee}": ${what}`];
    if (seen.has(guarantee)) return about("is there twice");
    seen.add(guarantee);
    const missing = [file, ...noticedBy].find((path) => !existsSync(path));
    if (missing) return about(`there is no ${missing}`);
    if (!/^(src|db)\//.test(file)) return about(`${file} is no part of the product`);
    if (!noticedBy.every((path) => /^tests\/.*\.test\.tsx?$/.test(path))) return about("is noticed by what is no file of tests");
    if (name !== undefined && !isNamed(name)) return about(`no test is called "${name}"`);
    const times = readProjectFile(file).split(find).length - 1;
    if (find === replace || times !== 1) return about(`its line stands ${times} times in ${file}, or is not changed`);
    return [];
  });
}

test(`every breakage of the list still fits the code, and there are at least ${countMin}`, () => {
  const all = Object.values(breakages).flat();
  expect(complaints(all)).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(countMin);
});

test("a line, a file or a test that is gone, and a guarantee named twice are found", () => {
  const good: Breakage = {
    guarantee: "a",
    file: "db/functions/hold_slot.sql",
    find: "returns hold_answer",
    replace: "returns void",
    noticedBy: ["tests/tidy/breakages.test.ts"],
  };
  expect(complaints([good])).toEqual([]);
  expect(complaints([good, good])).toHaveLength(1);
  expect(complaints([{ ...good, find: "no such line" }])).toHaveLength(1);
  expect(complaints([{ ...good, find: "p_tenant" }])).toHaveLength(1);
  expect(complaints([{ ...good, replace: good.find }])).toHaveLength(1);
  expect(complaints([{ ...good, file: "src/gone.ts" }])).toHaveLength(1);
  expect(complaints([{ ...good, noticedBy: ["tests/gone.test.ts"] }])).toHaveLength(1);
  expect(complaints([{ ...good, test: ["no such", "name of a test"].join(" ") }])).toHaveLength(1);
  expect(complaints([{ ...good, test: "a line, a file or a test" }])).toEqual([]);
  expect(complaints([{ ...good, noticedBy: ["tests/tidy/source.ts"] }])).toHaveLength(1);
});
