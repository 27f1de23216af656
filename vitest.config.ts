import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const inRooms = (...rooms: string[]) => rooms.map((room) => `tests/${room}/**/*.test.{ts,tsx}`);

/** Loading the product costs a file of tests more than most tests do: here the files share what one of them has loaded. */
const sharing = inRooms("engine", "silence", "http", "races");
/** Set what is read once per process, so they need one of their own. */
const alone = ["tests/http/rate-limit.test.ts"];
const onDatabase = { globalSetup: "tests/support/global-setup.ts", testTimeout: 60_000, hookTimeout: 60_000 };

/** The longest file first, so that nobody waits for it alone at the end. On a machine that has run them before, Vitest knows the others. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = (file: TestSpecification) => file.moduleId.endsWith("/crash.test.ts");
    return (await super.sort(files)).sort((a, b) => Number(isLongest(b)) - Number(isLongest(a)));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // A loop over nothing, or a callback that nobody called, would pass.
    expect: { requireAssertions: true },
    // Most tests wait for a job, a poll or a page: one more than this size of machine has processors.
    maxWorkers: 3,
    exclude: [...configDefaults.exclude, "tests/journeys/**"],
    projects: [
      { extends: true, test: { name: "unit", include: inRooms("unit", "tidy") } },
      { extends: true, test: { name: "simulators", include: inRooms("simulators"), testTimeout: 20_000, hookTimeout: 30_000 } },
      {
        extends: true,
        test: {
          name: "integration",
          include: [...inRooms("database", "providers", "model", "storm", "crash", "abuse"), ...alone],
          ...onDatabase,
        },
      },
      { extends: true, test: { name: "sharing", include: sharing, exclude: alone, isolate: false, ...onDatabase } },
      { extends: true, test: { name: "launch", include: inRooms("launch"), testTimeout: 90_000, hookTimeout: 60_000 } },
    ],
  },
});
