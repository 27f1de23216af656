/** One line that a hurried programmer could write, and the tests that must notice it. */
export type Breakage = {
  /** What no longer holds, as a customer or a merchant would say it holds. */
  guarantee: string;
  file: string;
  /** Stands exactly once in `file` (tests/tidy/breakages.test.ts). */
  find: string;
  replace: string;
  /** One of these files must fail. */
  noticedBy: readonly [string, ...string[]];
  /** A part of the test's name, where its file is long: only that test runs. */
  test?: string;
};
