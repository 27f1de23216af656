import { configDefaults, defineConfig } from "vitest/config";

const inRooms = (...rooms: string[]) => rooms.map((room) => `tests/${room}/**/*.test.{ts,tsx}`);

export default defineConfig({
  test: {
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
          include: inRooms("database", "http", "providers", "engine", "races", "model", "storm", "crash", "abuse"),
          globalSetup: "tests/support/global-setup.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: "launch", include: inRooms("launch"), testTimeout: 90_000, hookTimeout: 60_000 } },
    ],
  },
});
