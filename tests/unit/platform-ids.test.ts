import fc from "fast-check";
import { expect, test } from "vitest";
import { isOurReference, isSameText, keyedHash, newId, newReference, newToken } from "#platform/ids.ts";

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

test("a token has 192 random bits and can stand in an address", () => {
  for (const token of many(newToken, 1000)) expect(token).toMatch(/^[A-Za-z0-9_-]{32}$/);
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
