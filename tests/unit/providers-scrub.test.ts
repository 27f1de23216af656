import { expect, test } from "vitest";
import { scrubText } from "#providers/payments/scrub.ts";

const scrub = (text: string) => scrubText(text, { fields: new Set(["number"]), patterns: [/prv_test_\w+/g] });

test.each([
  ["a card", "paid with 4242424242424242 today", "paid with [scrubbed] today"],
  ["a card in groups", '"4111 1111-1111 1111"', '"[scrubbed]"'],
  ["a named field at any depth", '{"a":{"number":"12"},"b":[{"number":3}]}', '{"a":{"number":"[scrubbed]"},"b":[{"number":"[scrubbed]"}]}'],
  ["a pattern", "key prv_test_abc123", "key [scrubbed]"],
])("%s is masked", (_what, text, scrubbed) => {
  expect(scrub(text)).toBe(scrubbed);
});

test.each([
  ["a transaction id", "1292-1602113476-95000"],
  ["digits without the check digit of a card", "4242424242424243"],
  ["a checksum that happens to hold a card's digits", `${"ab".repeat(12)}4242424242424242${"cd".repeat(12)}`],
])("%s is kept", (_what, text) => {
  expect(scrub(text)).toBe(text);
});
