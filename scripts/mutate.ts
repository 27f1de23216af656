// `npm run mutate [part of a guarantee, promise or file …]`: breaks one guarantee at a time in a
// copy of the project and shows which test notices it (tests/breakages).
import { availableParallelism } from "node:os";
import type { Breakage } from "#tests/breakages/breakage.ts";
import { breakages } from "#tests/breakages/index.ts";
import { onStopWish } from "./launch/stopping.ts";
import { breakCopy, type Copy, copyProject } from "./mutate/copy.ts";
import { runTests, stopTests } from "./mutate/run-tests.ts";
import { readArguments } from "./plain/arguments.mjs";
import { Sentence, tell } from "./plain/sentence.mjs";
import { removeLeftovers } from "./postgres/throwaway.ts";

type Named = Breakage & { promise: string };
type Verdict = { isNoticed: boolean; words: string };

const { words } = readArguments({ words: true });
const lanes = Math.min(2, availableParallelism());
const copies: Copy[] = [];
const startedAt = Date.now();
let isStopped = false;
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

onStopWish(
  () => {
    console.log("\n  stopped");
    isStopped = true;
    void cleanUp();
  },
  () => process.exit(1),
);

try {
  const chosen = choose(words);
  for (let lane = 0; lane < Math.min(lanes, chosen.length); lane += 1) copies.push(copyProject());
  await requireGreen(chosen);
  const left = chosen.values();
  const verdicts = await Promise.all(copies.map((copy) => breakInTurn(copy, left)));
  const survivors = verdicts.flat().filter(({ isNoticed }) => !isNoticed).length;
  console.log(`\n${chosen.length - survivors} of ${chosen.length} noticed, ${survivors} survived, in ${seconds(startedAt)}`);
  process.exitCode = survivors ? 1 : 0;
} catch (error) {
  process.exitCode = isStopped ? 1 : tell(error);
} finally {
  await cleanUp();
}
process.exit();

function choose(words: string[]): Named[] {
  const all = Object.entries(breakages).flatMap(([promise, list]) => list.map((one) => ({ ...one, promise })));
  const isMeant = ({ promise, guarantee, file }: Named) =>
    words.length === 0 || words.some((word) => `${promise} ${guarantee} ${file}`.toLowerCase().includes(word.toLowerCase()));
  const chosen = all.filter(isMeant);
  if (chosen.length === 0) throw new Sentence(`No guarantee has ${words.map((word) => `"${word}"`).join(" or ")} in its name.`);
  return chosen;
}

/** Where a test fails anyway, every breakage would look noticed. */
async function requireGreen(chosen: Named[]): Promise<void> {
  const [copy] = copies;
  if (!copy) return;
  const whole = new Set(chosen.filter(({ test }) => !test).flatMap(({ noticedBy }) => noticedBy));
  const parts = chosen.filter(({ noticedBy }) => noticedBy.some((file) => !whole.has(file)));
  const wishes = [
    { files: [...whole], tests: [] },
    { files: [...new Set(parts.flatMap(({ noticedBy }) => noticedBy))], tests: parts.flatMap(({ test }) => test ?? []) },
  ];
  let passing = 0;
  for (const wish of wishes.filter(({ files }) => files.length > 0)) {
    const { failed, passed, trouble } = await runTests(copy, wish);
    if (trouble) throw new Sentence(`Without a breakage: ${trouble}`);
    if (failed[0])
      throw new Sentence(`Without a breakage, ${failed[0].file} fails ("${failed[0].test}": ${failed[0].why}). Mend it first.`);
    passing += passed;
  }
  console.log(`without a breakage ${passing} tests pass, in ${seconds(startedAt)}\n`);
}

async function breakInTurn(copy: Copy, left: Iterable<Named>): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const breakage of left) {
    const began = Date.now();
    const verdict = await breakOne(copy, breakage);
    if (isStopped) throw new Sentence("stopped");
    verdicts.push(verdict);
    console.log(`${verdict.isNoticed ? "✓" : "✗"} ${breakage.promise}: ${breakage.guarantee} (${seconds(began)})`);
    console.log(`    ${verdict.words}`);
  }
  return verdicts;
}

async function breakOne(copy: Copy, breakage: Named): Promise<Verdict> {
  const { file, noticedBy, test } = breakage;
  const mend = breakCopy(copy, breakage);
  if (typeof mend === "string") return { isNoticed: false, words: `ERROR in the list: ${mend}` };
  try {
    const { failed, trouble } = await runTests(copy, { files: noticedBy, tests: test ? [test] : [], stopsAtFirst: true });
    if (trouble) return { isNoticed: false, words: `ERROR in the list: ${file}: ${trouble}` };
    const [first] = failed;
    if (!first) return { isNoticed: false, words: `SURVIVED in ${file} (${noticedBy.join(", ")})` };
    return { isNoticed: true, words: `noticed by ${first.file} (${first.test}): ${first.why}` };
  } finally {
    mend();
  }
}

/** What a stopped run leaves behind, its PostgreSQL too. */
async function cleanUp(): Promise<void> {
  await stopTests();
  await removeLeftovers();
  for (const { remove } of copies) remove();
}
