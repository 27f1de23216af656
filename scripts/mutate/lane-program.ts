// One Vitest and one PostgreSQL that run one wish after the other (lane.ts). Works in the copy of
// the project that is its working directory.
import { join, relative } from "node:path";
import { createVitest, type Reporter, type TestCase, type TestModule } from "vitest/node";
import type { Ran, Wish } from "./lane.ts";

/**
 * What this run alone has told. The instance remembers earlier runs, and a worker that died would
 * show theirs.
 */
let told: { cases: TestCase[]; modules: TestModule[]; errors: string[] };
let stopsAtFirst = false;

const listener: Reporter = {
  onTestRunStart() {
    told = { cases: [], modules: [], errors: [] };
  },
  onTestCaseResult(test) {
    told.cases.push(test);
    if (stopsAtFirst && test.result().state === "failed") void vitest.cancelCurrentRun("test-failure");
  },
  onTestModuleEnd(module) {
    told.modules.push(module);
  },
  onTestRunEnd(_modules, errors) {
    told.errors = errors.map(({ message }) => message);
  },
};

const root = process.cwd();
const vitest = await createVitest("test", { root, watch: false, reporters: [listener] });

process.on("message", async (wish: Wish) => {
  const ran: Ran = await run(wish).catch((error: unknown) => ({ failed: [], passed: 0, trouble: `the run broke off: ${error}` }));
  process.send?.(ran);
});
process.on("disconnect", async () => {
  await vitest.close();
  process.exit();
});

async function run(wish: Wish): Promise<Ran> {
  stopsAtFirst = wish.stopsAtFirst ?? false;
  for (const file of wish.changed ?? []) vitest.invalidateFile(join(root, file));
  vitest.setGlobalTestNamePattern(new RegExp(wish.tests.map(literally).join("|")));
  const specifications = await vitest.globTestSpecifications([...wish.files]);
  const wanted = specifications.filter(({ moduleId }) => wish.files.includes(relative(root, moduleId)));
  if (wanted.length < wish.files.length) return { failed: [], passed: 0, trouble: `${wish.files.join(", ")}: no such file of tests` };
  await vitest.runTestSpecifications(wanted);
  return outcome();
}

function outcome(): Ran {
  const failed = told.cases.flatMap((test) => {
    const { state, errors } = test.result();
    if (state !== "failed") return [];
    const [first] = errors;
    const why = first ? `${first.name ?? "Error"}: ${first.message}`.replace(/^(AssertionError|Error): /, "") : "";
    return [{ file: test.module.relativeModuleId, test: test.fullName.replaceAll(" > ", " "), why: firstLine(why) }];
  });
  const passed = told.cases.filter((test) => test.result().state === "passed").length;
  const unloaded = told.modules.find(({ children }) => children.size === 0);
  // What cannot run was never a breakage that somebody could ship.
  const senseless = failed.find(({ why }) => /^(Reference|Syntax)Error\b/.test(why));
  const none = { failed: [], passed };
  if (unloaded) return { ...none, trouble: `${unloaded.relativeModuleId}: ${firstLine(unloaded.errors()[0]?.message ?? "no test ran")}` };
  if (senseless) return { ...none, trouble: senseless.why };
  if (failed.length > 0) return { failed, passed, trouble: null };
  if (told.errors[0]) return { ...none, trouble: `the run failed, and none of its tests did: ${firstLine(told.errors[0])}` };
  const broken = told.modules.find((module) => module.state() === "failed");
  if (broken) return { ...none, trouble: `${broken.relativeModuleId} failed, and none of its tests did` };
  return { ...none, trouble: passed === 0 ? "no test ran" : null };
}

function firstLine(words: string): string {
  return words.split("\n", 1)[0]?.slice(0, 120) ?? "";
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
