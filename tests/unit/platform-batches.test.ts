import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { inBatches } from "#platform/batches.ts";
import { resetEnv } from "#platform/env.ts";

/** The items are numbers; their hundreds stand for the tenant. */
const tenantOf = (item: number) => String(Math.floor(item / 100));

function useBatches(batches: "together" | "per-tenant"): void {
  const settings = {
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
    DATABASE_BATCHES: batches,
    ENCRYPTION_KEYS: `t1:${"ab".repeat(32)}`,
    APP_SECRET: "0".repeat(32),
    JWT_SECRET: "1".repeat(32),
    CRON_SECRET: "0".repeat(16),
    SMTP_URL: "smtp://127.0.0.1:1",
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  resetEnv();
}

// Time stands still in each test: the watch of a queue that nobody answers would outlive the file,
// and look into the environment of the next one.
beforeEach(() => {
  useBatches("together");
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});

/** The database of these tests: it answers when told to. */
function slowDatabase(atOnce = 1, itemsMax = 64) {
  const asked: { items: number[]; answer: () => void; fail: (error: Error) => void }[] = [];
  const ask = (items: number[]) =>
    new Promise<number[]>((resolve, reject) => asked.push({ items, answer: () => resolve(items.map((item) => item * 10)), fail: reject }));
  return { asked, wish: inBatches<number, number>({ ask, itemsMax, atOnce, compare: (a, b) => a - b, tenantOf }) };
}

afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => {
  vi.unstubAllEnvs();
  resetEnv();
});

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("one that is alone is asked at once; those that come meanwhile are asked together, in order, when it has its answer", async () => {
  const { asked, wish } = slowDatabase();
  const answers = Promise.all([wish(7), wish(3), wish(1), wish(2)]);
  expect(asked.map(({ items }) => items)).toEqual([[7]]);
  asked[0]?.answer();
  await turn();
  expect(asked[1]?.items).toEqual([1, 2, 3]);
  asked[1]?.answer();
  expect(await answers).toEqual([70, 30, 10, 20]);
});

test("a statement holds no more than its limit", async () => {
  const { asked, wish } = slowDatabase(1, 2);
  const answers = Promise.all([wish(1), wish(2), wish(3), wish(4)]);
  for (const n of [0, 1, 2]) {
    asked[n]?.answer();
    await turn();
  }
  expect(await answers).toEqual([10, 20, 30, 40]);
  expect(asked.map(({ items }) => items)).toEqual([[1], [2, 3], [4]]);
});

test("two are under way where two are wanted", () => {
  const { asked, wish } = slowDatabase(2);
  for (const n of [1, 2, 3]) void wish(n);
  expect(asked.map(({ items }) => items)).toEqual([[1], [2]]);
});

test("those behind a statement that takes long are asked beside it, whenever they come", async () => {
  const { asked, wish } = slowDatabase();
  void wish(1);
  void wish(2);
  expect(asked).toHaveLength(1);
  vi.advanceTimersByTime(50);
  expect(asked.map(({ items }) => items)).toEqual([[1], [2]]);
  // The one beside it has ended; whoever comes right after it would otherwise wait for the first.
  asked[1]?.answer();
  await turn();
  void wish(3);
  vi.advanceTimersByTime(60);
  expect(asked.map(({ items }) => items)).toEqual([[1], [2], [3]]);
});

test("when a statement is spoilt, nobody waits for a neighbour: each is told as soon as its own answer is there", async () => {
  const stuck = Promise.withResolvers<number[]>();
  const ask = async (items: number[]) => {
    if (items.length > 1) throw new Error("spoilt");
    return items[0] === 2 ? stuck.promise : items.map((item) => item * 10);
  };
  const wish = inBatches<number, number>({ ask, itemsMax: 64, atOnce: 1, compare: (a, b) => a - b, tenantOf });
  const [, slow, quick] = [wish(1), wish(2), wish(3)];
  expect(await quick).toBe(30);
  stuck.resolve([20]);
  expect(await slow).toBe(20);
});

test("one that spoils a statement spoils only itself", async () => {
  const ask = async (items: number[]) => {
    if (items.includes(13)) throw new Error("spoilt");
    return items.map((item) => item * 10);
  };
  const wish = inBatches<number, number>({ ask, itemsMax: 64, atOnce: 1, compare: (a, b) => a - b, tenantOf });
  const ends = await Promise.allSettled([wish(1), wish(12), wish(13), wish(14)]);
  expect(ends.map((end) => (end.status === "fulfilled" ? end.value : String(end.reason)))).toEqual([10, 120, "Error: spoilt", 140]);
});

test("a statement that does not answer each of them is an error for all that it left out", async () => {
  const wish = inBatches<number, number>({ ask: async () => [], itemsMax: 64, atOnce: 1, compare: () => 0, tenantOf });
  await expect(wish(1)).rejects.toThrow("did not answer every item");
});

test("together: one statement serves several tenants", async () => {
  const { asked, wish } = slowDatabase();
  for (const item of [101, 102, 201, 103]) void wish(item);
  asked[0]?.answer();
  await turn();
  expect(asked.map(({ items }) => items)).toEqual([[101], [102, 103, 201]]);
});

test("per tenant: one statement serves one tenant, whoever waits longest comes first, and each gets its answer", async () => {
  useBatches("per-tenant");
  const { asked, wish } = slowDatabase(1, 2);
  const answers = Promise.all([101, 202, 102, 201, 103, 203, 104].map(wish));
  for (const n of [0, 1, 2, 3, 4]) {
    asked[n]?.answer();
    await turn();
  }
  expect(asked.map(({ items }) => items)).toEqual([[101], [201, 202], [102, 103], [203], [104]]);
  expect(await answers).toEqual([1010, 2020, 1020, 2010, 1030, 2030, 1040]);
});

test("per tenant: a statement that takes long for one tenant delays another's by its patience only", () => {
  useBatches("per-tenant");
  const { asked, wish } = slowDatabase();
  for (const item of [101, 102, 201]) void wish(item);
  vi.advanceTimersByTime(50);
  vi.advanceTimersByTime(50);
  expect(asked.map(({ items }) => items)).toEqual([[101], [102], [201]]);
});

test("per tenant: a statement that fails is asked again one by one, for its own tenant alone", async () => {
  useBatches("per-tenant");
  const asked: number[][] = [];
  const ask = async (items: number[]) => {
    asked.push(items);
    if (items.includes(113)) throw new Error("spoilt");
    return items.map((item) => item * 10);
  };
  const wish = inBatches<number, number>({ ask, itemsMax: 64, atOnce: 1, compare: (a, b) => a - b, tenantOf });
  const ends = await Promise.allSettled([101, 112, 113, 201, 202].map(wish));
  expect(ends.map((end) => (end.status === "fulfilled" ? end.value : String(end.reason)))).toEqual([
    1010,
    1120,
    "Error: spoilt",
    2010,
    2020,
  ]);
  expect(asked).toEqual([[101], [112, 113], [112], [113], [201, 202]]);
});
