// Runs the parts of `npm test`: first the build beside the quick ones, then the long ones side by
// side. Goes on after a failure, and ends with everything that failed and one line of numbers.

import { onStopWish } from "../launch/stopping.ts";
import { Sentence, tell } from "../plain/sentence.mjs";
import { type Count, type Part, parts } from "./parts.ts";
import { stopRunning } from "./run.ts";

const wanted = process.argv.slice(2);
const usual = Object.entries(parts).filter(([, part]) => !part.isOnlyOnWish);
const startedAt = Date.now();
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

onStopWish(
  () => {
    stopRunning();
    console.log("\n  stopped");
    process.exit(1);
  },
  () => process.exit(1),
);

try {
  const chosen = wanted.length ? wanted.map(partNamed) : usual;
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failing: string[] = [];
  const failures: string[] = [];
  const overBudget: string[] = [];
  const runOne = async ([name, part]: [string, Part]): Promise<void> => {
    console.log(`\n── ${name} (${chosen.length} parts, after ${seconds(startedAt)}): ${part.title}`);
    const partStartedAt = Date.now();
    const count = await runPart(part);
    if (count.failed) failing.push(name);
    const isOver = Date.now() - partStartedAt > part.budgetSeconds * 1000;
    if (isOver) overBudget.push(name);
    const words = [count.failed ? `FAILED, ${count.failed} failed` : "ok", `${count.passed} passed`, seconds(partStartedAt)];
    console.log(`── ${name}: ${words.join(", ")}${isOver ? `, over its budget of ${part.budgetSeconds} s` : ""}`);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    failures.push(...count.failures.map((words) => `${name}: ${words}`));
  };
  const quick = chosen.filter(([, part]) => !part.isLong);
  const inOrder = async () => {
    for (const entry of quick) if (!entry[1].isApart) await runOne(entry);
  };
  await Promise.all([inOrder(), ...quick.filter(([, part]) => part.isApart).map(runOne)]);
  await Promise.all(chosen.filter(([, part]) => part.isLong).map(runOne));
  if (failures.length) console.log(`\n── what failed\n\n${failures.join("\n\n")}`);
  console.log(
    `\n${chosen.length} parts in ${seconds(startedAt)}${failing.length ? `; failing: ${failing.join(", ")}` : ""}${overBudget.length ? `; over their budget: ${overBudget.join(", ")}` : ""}${total.skipped ? `; ${total.skipped} tests skipped` : ""}`,
  );
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed ? 1 : 0);
} catch (error) {
  process.exit(tell(error));
}

function partNamed(name: string): [string, Part] {
  const part = parts[name];
  if (!part) throw new Sentence(`There is no part "${name}". The parts are: ${Object.keys(parts).join(", ")}.`);
  return [name, part];
}

async function runPart(part: Part): Promise<Count> {
  try {
    return await part.run();
  } catch (error) {
    tell(error);
    return { passed: 0, failed: 1, skipped: 0, failures: [] };
  }
}
