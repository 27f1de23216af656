import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "#contracts/problem.ts";
import { parseStrictJson } from "#http/strict-json.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const parse = (text: string) => parseStrictJson(bytes(text));

test.each([
  ["a key twice", '{"start":1,"start":2}'],
  ["a key twice, once written otherwise", '{"start":1,"\\u0073tart":2}'],
  ["a key twice further down", '[{"a":{"b":1,"c":[{"x":1}],"b":2}}]'],
  ["a whole number beyond 2^53", '{"amount":9007199254740993}'],
  ["a negative one", "[-9007199254740993]"],
  ["one in powers of ten", "1e400"],
  ["__proto__", '{"__proto__":{"isAdmin":true}}'],
  ["__proto__ written otherwise", '{"__pr\\u006fto__":1}'],
  ["a NUL in a text", '{"link":"a\\u0000b"}'],
  ["10 000 levels of arrays", "[".repeat(10_000) + "]".repeat(10_000)],
  ["10 000 levels of objects", '{"a":'.repeat(10_000)],
  ["33 levels", "[".repeat(33) + "]".repeat(33)],
  ["single quotes", "{'a':1}"],
  ["a comma too many", '{"a":1,}'],
  ["a comment", '{"a":1/* */}'],
  ["not a number", '{"a":NaN}'],
  ["two values", '{"a":1}{"a":2}'],
  ["a text that never ends", '"abc'],
  ["a line break in a text", '"a\nb"'],
  ["nothing", ""],
])("%s is refused", (_what, text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: "malformed_json" }));
});

test("bytes that are not UTF-8 are refused", () => {
  expect(() => parseStrictJson(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]))).toThrow(Refusal);
});

test("the same key in different objects, and braces inside a text, are fine", () => {
  const text = '{"a":{"x":1},"b":{"x":1},"c":"{\\"a\\":1,\\"a\\":2}[[[","d":[true,false,null,-1.5e3,9007199254740991]}';
  expect(parse(text)).toEqual(JSON.parse(text));
});

test("whatever JSON.stringify makes is read back as it was", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "number" && Math.abs(inner) > 2 ** 53 ? 0 : inner));
      fc.pre(!/__proto__|\\u0000/.test(text));
      expect(parse(text)).toEqual(JSON.parse(text));
    }),
  );
});

test("32 KiB of the worst text take a moment, not a second", () => {
  const worst = [
    `"${"\\\\".repeat(16_000)}"`,
    `[${"1,".repeat(16_000)}1]`,
    `{${Array.from({ length: 4000 }, (_, n) => `"${n}":1`).join(",")}}`,
  ];
  const startedAt = performance.now();
  for (const text of worst) parse(text);
  expect(performance.now() - startedAt).toBeLessThan(500);
});
