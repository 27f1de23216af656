import { hash } from "node:crypto";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const inRooms = (...rooms: string[]) => rooms.map((room) => `tests/${room}/**/*.test.{ts,tsx}`);

/** Loading the product costs a file of tests more than most tests do: here the files share what one of them has loaded. */
const sharing = inRooms("engine", "silence", "http", "races", "crash", "model");
const parts = inRooms("database", "providers");
/** Set what is read once per process, or spy on it, so they need one of their own. */
const alone = ["tests/http/rate-limit.test.ts", "tests/http/accounts/sign-in.test.ts", "tests/database/per-tenant.test.ts"];
/** `npm run mutate`: what a file of tests has loaded is broken for the next one. */
const isolate = process.env["TESTS_APART"] === "on";
/** `npm run nightly floods` has more rounds in one test. */
const testTimeout = process.env["RACE_ROUNDS"] ? 300_000 : 60_000;
const onDatabase = { globalSetup: "tests/support/global-setup.ts", testTimeout, hookTimeout: 60_000 };

/** Seeded, so that an order in which something fails can be had again: `ORDER=7 npm test`. */
const seed = Number(process.env["ORDER"] ?? Date.now() % 100_000);

/** By chance, but what takes long first: nobody is to wait for it alone at the end. */
class Shuffled extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const draw = (file: TestSpecification) => hash("sha1", `${seed} ${nameOf(file)}`);
    return files.toSorted((a, b) => Number(isLong(b)) - Number(isLong(a)) || draw(a).localeCompare(draw(b)));
  }
}
const nameOf = ({ moduleId }: TestSpecification) => moduleId.slice(moduleId.lastIndexOf("/tests/"));
const isLong = ({ moduleId }: TestSpecification) => /tests\/(crash|storm|model|abuse|launch)\//.test(moduleId);

export default defineConfig({
  test: {
    sequence: { sequencer: Shuffled, seed, shuffle: { files: false, tests: true } },
    // A loop over nothing, or a callback that nobody called, would pass.
    expect: { requireAssertions: true },
    // Most tests wait for a job, a poll or a page: twice as many as this size of machine has processors.
    maxWorkers: 4,
    // A test file runs for seconds: what the best compiler makes of it, and helpers of the garbage collector, cost more than they save.
    execArgv: ["--no-opt", "--single-threaded-gc"],
    exclude: [...configDefaults.exclude, "tests/journeys/**"],
    projects: [
      { extends: true, test: { name: "unit", include: inRooms("unit", "tidy"), isolate, testTimeout: 20_000 } },
      {
        extends: true,
        test: { name: "simulators", include: inRooms("simulators"), isolate, testTimeout: 20_000, hookTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: [...inRooms("abuse", "storm"), ...alone],
          ...onDatabase,
        },
      },
      { extends: true, test: { name: "parts", include: parts, exclude: alone, isolate, ...onDatabase } },
      { extends: true, test: { name: "sharing", include: sharing, exclude: alone, isolate, ...onDatabase } },
      { extends: true, test: { name: "launch", include: inRooms("launch"), testTimeout: 90_000, hookTimeout: 60_000 } },
    ],
  },
});
