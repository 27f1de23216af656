import { Sentence } from "../plain/sentence.mjs";
import type { Named } from "./choose.ts";
import type { Lane } from "./lane.ts";
import type { Notebook } from "./notebook.ts";

const filesAtOnce = 20;
const minutesMax = 20;

/** Where a test fails anyway, every breakage would look noticed. Answers how many tests passed. */
export async function requireGreen(lane: Lane, chosen: Named[], notebook: Notebook, goesOn: boolean): Promise<number> {
  const isKnown = (name: string) => goesOn && notebook.has("green", name);
  const whole = new Set(chosen.filter(({ test }) => !test).flatMap(({ noticedBy }) => noticedBy));
  const parts = new Map<string, Set<string>>();
  for (const { noticedBy, test } of chosen)
    for (const file of noticedBy) if (test && !whole.has(file)) parts.set(file, (parts.get(file) ?? new Set()).add(test));
  const wishes = [
    ...inPortions([...whole].filter((file) => !isKnown(file))).map((files) => ({
      files,
      tests: [] as string[],
      names: files,
    })),
    ...inPortions([...parts].filter(([file, tests]) => [...tests].some((test) => !isKnown(`${file} ${test}`)))).map((portion) => ({
      files: portion.map(([file]) => file),
      tests: portion.flatMap(([, tests]) => [...tests]),
      names: portion.flatMap(([file, tests]) => [...tests].map((test) => `${file} ${test}`)),
    })),
  ];
  let passing = 0;
  for (const { files, tests, names } of wishes) {
    const { failed, passed, trouble } = await lane.run({ files, tests }, minutesMax);
    if (trouble) throw new Sentence(`Without a breakage: ${trouble}`);
    if (failed[0])
      throw new Sentence(`Without a breakage, ${failed[0].file} fails ("${failed[0].test}": ${failed[0].why}). Mend it first.`);
    passing += passed;
    notebook.note("green", ...names);
  }
  return passing;
}

function inPortions<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / filesAtOnce) }, (_, n) => all.slice(n * filesAtOnce, (n + 1) * filesAtOnce));
}
