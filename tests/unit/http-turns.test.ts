import { afterEach, expect, test, vi } from "vitest";
import { inTurns } from "#http/turns.ts";

afterEach(() => vi.useRealTimers());

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

test("eight are drawn at once, the others in the order in which they came, and one that fails gives its place back", async () => {
  const inTurn = inTurns();
  const begun: number[] = [];
  const ends = Array.from({ length: 10 }, () => Promise.withResolvers<void>());
  const all = Promise.allSettled(
    ends.map(({ promise }, n) =>
      inTurn(
        () => {
          begun.push(n);
          return promise;
        },
        () => false,
      ),
    ),
  );
  await turn();
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  ends[3]?.reject(new Error("not drawn"));
  await turn();
  expect(begun.at(-1)).toBe(8);
  ends[0]?.resolve();
  await turn();
  expect(begun.at(-1)).toBe(9);
  for (const { resolve } of ends) resolve();
  expect((await all).map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(1);
});

test("slow readers give their turn up after a second", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const inTurn = inTurns();
  const never = new Promise<void>(() => {});
  for (let n = 0; n < 8; n += 1)
    void inTurn(
      () => never,
      () => false,
    );
  const late = inTurn(
    async () => {},
    () => false,
  );
  vi.advanceTimersByTime(1000);
  expect(await late).toBe("drawn");
});

test("nobody draws for those who have gone, and beyond 250 that wait one is told to come again", async () => {
  const inTurn = inTurns();
  const { promise, resolve } = Promise.withResolvers<void>();
  const drawn: string[] = [];
  for (let n = 0; n < 8; n += 1)
    void inTurn(
      () => promise,
      () => false,
    );
  const gone = inTurn(
    async () => drawn.push("gone"),
    () => true,
  );
  for (let n = 1; n < 250; n += 1)
    void inTurn(
      async () => {},
      () => false,
    );
  expect(
    await inTurn(
      async () => drawn.push("full"),
      () => false,
    ),
  ).toBe("full");
  resolve();
  expect(await gone).toBe("gone");
  expect(drawn).toEqual([]);
});
