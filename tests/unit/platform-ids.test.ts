import fc from "fast-check";
import { expect, test } from "vitest";
import { isOurReference, isSameText, keyedHash, newId, newReference, newToken } from "#platform/ids.ts";

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const many = (make: () => string, count = 5000) => Array.from({ length: count }, make);

test("an id is a UUID of version 7 that starts with its milliseconds", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (ms) => {
      const id = newId(ms);
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(ms);
    }),
  );
});

test("ids sort by the time they were made at, and none comes twice", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 47 }), fc.integer({ min: 1, max: 2 ** 47 }), (ms, more) => {
      expect(newId(ms) < newId(ms + more)).toBe(true);
    }),
  );
  expect(new Set(many(() => newId(0))).size).toBe(5000);
});

test("a reference can be read aloud: KF-, then 22 characters without I, L, O and U; none comes twice", () => {
  const references = many(newReference);
  for (const reference of references) expect(reference).toMatch(/^KF-[0-9A-HJKMNP-TV-Z]{22}$/);
  expect(new Set(references).size).toBe(references.length);
  const seen = new Set(references.join("").replaceAll("KF-", ""));
  expect(seen.size).toBe(32);
});

/** Token, id and reference as one booking draws them, one after the other. */
const drawn = Array.from({ length: 5000 }, () => {
  const token = newToken();
  const id = Buffer.from(newId(0).replaceAll("-", ""), "hex");
  return { token, bytes: Buffer.from(token, "base64url"), id, reference: newReference() };
});
/** A fair bit is set 2,500 times of 5,000, give or take 35; 300 away comes once in 10^16 bits. */
function expectFair(counts: readonly number[], bits: number): void {
  expect(counts.filter((count) => Math.abs(count - 2500) < 300)).toHaveLength(bits);
}
const bitsOf = (bytes: Buffer): number[] => [...bytes].flatMap((byte) => Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1));
const countBits = (rows: number[][]): number[] => rows.reduce((sums, bits) => sums.map((sum, place) => sum + (bits[place] ?? 0)));

test("a token can stand in an address, none of 5,000 comes twice, and each of its 192 bits is random", () => {
  for (const { token } of drawn) expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
  expect(new Set(drawn.map(({ token }) => token)).size).toBe(5000);
  expectFair(countBits(drawn.map(({ bytes }) => bitsOf(bytes))), 192);
});

test("the 74 random bits of an id and the 100 of a reference are random too", () => {
  expectFair(countBits(drawn.map(({ id }) => bitsOf(id))), 74);
  const numbers = drawn.map(({ reference }) => [...reference.slice(3, 23)].map((letter) => crockford.indexOf(letter)));
  expectFair(countBits(numbers.map((row) => row.flatMap((number) => [0, 1, 2, 3, 4].map((bit) => (number >> bit) & 1)))), 100);
});

/**
 * How often the values of two places were the same in 5,000 draws, at the pair of places where that
 * came oftenest. Shared or repeated bytes are the same each time.
 */
function oftenestSame(own: readonly ArrayLike<number>[], other: readonly ArrayLike<number>[], isSamePlaceFine = false): number {
  let most = 0;
  for (let a = 0; a < (own[0]?.length ?? 0); a += 1)
    for (let b = 0; b < (other[0]?.length ?? 0); b += 1) {
      if (isSamePlaceFine && a === b) continue;
      let same = 0;
      for (const [index, bytes] of own.entries()) if (bytes[a] === other[index]?.[b]) same += 1;
      most = Math.max(most, same);
    }
  return most;
}

test("a token shares no byte with itself, with the next token, or with the id and the reference drawn beside it", () => {
  const tokens = drawn.map(({ bytes }) => bytes);
  const next = [...tokens.slice(1), tokens[0] ?? Buffer.alloc(24)];
  const ids = drawn.map(({ id }) => id);
  // By chance two bytes are the same 20 times of 5,000, give or take 4.
  expect(oftenestSame(tokens, tokens, true)).toBeLessThan(80);
  for (const others of [next, ids, [...ids.slice(1), ids[0] ?? Buffer.alloc(16)]]) expect(oftenestSame(tokens, others)).toBeLessThan(80);
  // A reference shows five bits of each byte: 156 times, give or take 12.
  const letters = drawn.map(({ reference }) => [...reference.slice(3, 23)].map((letter) => crockford.indexOf(letter)));
  for (const given of [tokens, next])
    expect(
      oftenestSame(
        given.map((bytes) => bytes.map((byte) => byte % 32)),
        letters,
      ),
    ).toBeLessThan(290);
});

test("texts are the same only if every character is", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(isSameText(a, b)).toBe(a === b);
      expect(isSameText(a, a)).toBe(true);
    }),
  );
  expect(isSameText("", " ")).toBe(false);
});

test("a stored address depends on the secret and does not contain the address", () => {
  expect(keyedHash("secret one", "192.0.2.1")).toBe(keyedHash("secret one", "192.0.2.1"));
  expect(keyedHash("secret one", "192.0.2.1")).not.toBe(keyedHash("secret two", "192.0.2.1"));
  expect(keyedHash("secret one", "192.0.2.1")).not.toContain("192.0.2.1");
});

test("what we made is told from what others made, and from ours with a mistake in it", () => {
  for (const reference of many(newReference, 500)) {
    expect(isOurReference(reference)).toBe(true);
    for (const other of [reference.toLowerCase(), reference.slice(0, -1), `${reference}0`, ` ${reference}`, reference.slice(3)])
      expect(isOurReference(other)).toBe(false);
  }
  for (const other of ["", "ORDER-1", "KF-", "KF-7M2Q9X4C1V8B3N6Z5D0F"]) expect(isOurReference(other)).toBe(false);
  const mistakes = many(newReference, 5000).filter((reference) => {
    const at = 3 + Math.floor(Math.random() * 22);
    const wrong = reference[at] === "A" ? "B" : "A";
    return isOurReference(reference.slice(0, at) + wrong + reference.slice(at + 1));
  });
  expect(mistakes.length).toBeLessThan(30);
});
