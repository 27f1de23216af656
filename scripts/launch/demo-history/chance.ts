export type Chance = ReturnType<typeof chanceOf>;

/** The same draws for the same seed (mulberry32). */
export function chanceOf(seed: number) {
  let state = seed >>> 0;
  /** In [0, 1). */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  function byWeight<Value>(list: readonly (readonly [value: Value, weight: number])[]): Value {
    let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of list) {
      left -= weight;
      if (left < 0) return value;
    }
    const last = list.at(-1);
    if (!last) throw new Error("there is nothing to draw from");
    return last[0];
  }
  return {
    happens: (share: number) => next() < share,
    /** Whole numbers, both ends inclusive. */
    between: (from: number, to: number) => from + Math.floor(next() * (to - from + 1)),
    of: <Value>(list: readonly Value[]) => byWeight(list.map((value) => [value, 1] as const)),
    byWeight,
  };
}
