import fc from "fast-check";
import { expect, test } from "vitest";
import { isSameText, keyedHash, newId, newReference, newToken } from "#platform/ids.ts";

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

test("a reference can be read aloud: KF-, then 20 characters without I, L, O and U; none comes twice", () => {
  const references = many(newReference);
  for (const reference of references) expect(reference).toMatch(/^KF-[0-9A-HJKMNP-TV-Z]{20}$/);
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
