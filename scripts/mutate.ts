// `npm run mutate [-- --shard 2/5] [-- --continue] [part of a guarantee, promise or file …]`:
// breaks one guarantee at a time in a copy of the project and shows which test notices it
// (tests/breakages).
import { availableParallelism } from "node:os";
import { onStopWish } from "./launch/stopping.ts";
import { choose, type Named } from "./mutate/choose.ts";
import { breakCopy, type Copy, contentOf, copyProject } from "./mutate/copy.ts";
import { type Lane, openLane, stopLanes } from "./mutate/lane.ts";
import { type Notebook, openNotebook } from "./mutate/notebook.ts";
import { requireGreen } from "./mutate/require-green.ts";
import { Sentence, tell } from "./plain/sentence.mjs";
import { removeLeftovers } from "./postgres/throwaway.ts";

type Verdict = { isNoticed: boolean; words: string };

const lanes = Math.min(2, availableParallelism());
const copies: Copy[] = [];
const startedAt = Date.now();
let isStopped = false;
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

onStopWish(
  () => {
    console.log("\n  stopped; --continue goes on from here");
    isStopped = true;
    void cleanUp();
  },
  () => process.exit(1),
);

try {
  const { chosen, goesOn } = choose(process.argv.slice(2));
  const notebook = openNotebook(contentOf());
  const left = goesOn ? chosen.filter(({ guarantee }) => !notebook.has("noticed", guarantee)) : chosen;
  const verdicts = await breakAll(left, notebook, goesOn);
  const survivors = verdicts.filter(({ isNoticed }) => !isNoticed).length;
  const before = goesOn ? `, ${chosen.length - left.length} of them before` : "";
  console.log(`\n${chosen.length - survivors} of ${chosen.length} noticed${before}, ${survivors} survived, in ${seconds(startedAt)}`);
  process.exitCode = survivors ? 1 : 0;
} catch (error) {
  process.exitCode = isStopped ? 1 : tell(error);
} finally {
  await cleanUp();
}
process.exit();

async function breakAll(list: Named[], notebook: Notebook, goesOn: boolean): Promise<Verdict[]> {
  for (let lane = 0; lane < Math.min(lanes, list.length); lane += 1) copies.push(copyProject());
  const [first] = copies;
  if (!first) return [];
  const unbroken = openLane(first);
  const passing = await requireGreen(unbroken, list, notebook, goesOn);
  await unbroken.stop();
  console.log(`without a breakage ${passing} tests pass, in ${seconds(startedAt)}\n`);
  const left = list.values();
  return (await Promise.all(copies.map((copy) => breakInTurn(copy, left, notebook)))).flat();
}

async function breakInTurn(copy: Copy, left: Iterable<Named>, notebook: Notebook): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const lane = openLane(copy);
  let last: Named | undefined;
  for (const breakage of left) {
    const began = Date.now();
    const verdict = await breakOne(copy, lane, breakage);
    if (isStopped) throw new Sentence("stopped");
    verdicts.push(verdict);
    if (verdict.isNoticed) notebook.note("noticed", breakage.guarantee);
    console.log(`${verdict.isNoticed ? "✓" : "✗"} ${breakage.promise}: ${breakage.guarantee} (${seconds(began)})`);
    console.log(`    ${verdict.words}`);
    if (!isOfDatabase(breakage)) last = breakage;
  }
  if (last) await requireMended(lane, last);
  await lane.stop();
  return verdicts;
}

async function breakOne(copy: Copy, usual: Lane, breakage: Named): Promise<Verdict> {
  const { file, noticedBy, test } = breakage;
  const mend = breakCopy(copy, breakage);
  if (typeof mend === "string") return { isNoticed: false, words: `ERROR in the list: ${mend}` };
  // Another schema wants another PostgreSQL: roles belong to all of its databases.
  const lane = isOfDatabase(breakage) ? openLane(copy) : usual;
  try {
    const { failed, trouble } = await lane.run({ files: noticedBy, tests: test ? [test] : [], stopsAtFirst: true, changed: [file] });
    if (trouble) return { isNoticed: false, words: `ERROR in the list: ${file}: ${trouble}` };
    const [first] = failed;
    if (!first) return { isNoticed: false, words: `SURVIVED in ${file} (${noticedBy.join(", ")})` };
    return { isNoticed: true, words: `noticed by ${first.file} (${first.test}): ${first.why}` };
  } finally {
    mend();
    if (lane === usual) lane.forget(file);
    else await lane.stop();
  }
}

/** What a breakage left behind in its lane would make the next ones look noticed. */
async function requireMended(lane: Lane, { noticedBy, test, guarantee }: Named): Promise<void> {
  const { failed, trouble } = await lane.run({ files: noticedBy, tests: test ? [test] : [] });
  const complaint = trouble ?? failed[0]?.why;
  if (complaint) throw new Sentence(`What breaks "${guarantee}" was mended, and still: ${complaint}. The verdicts prove nothing.`);
}

function isOfDatabase({ file }: Named): boolean {
  return file.startsWith("db/");
}

/** What a stopped run leaves behind, its PostgreSQL too. */
async function cleanUp(): Promise<void> {
  await stopLanes();
  await removeLeftovers();
  for (const { remove } of copies) remove();
}
