import { expect, test } from "vitest";
import { codeUnder, type SourceFile } from "./source.ts";

/** These rooms know checkouts; what a checkout is for is said in commands/checkouts/kinds.ts alone. */
const rooms = ["payments", "inbox", "settlement", "refund-cases", "callbacks"].map((room) => `src/commands/${room}`);
const kindWords = /booking|appointment|\borders?\b|order_|orderSession/i;
const sortingWords = /\border by\b|\borderBy\(/gi;

function kindsNamed(files: SourceFile[]): string[] {
  return files.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, index) => {
      const rest = line.replaceAll(sortingWords, "");
      return kindWords.test(rest) ? [`${path}:${index + 1} names a kind of checkout: ${line.trim()}`] : [];
    }),
  );
}

test("payments, inbox, settlement, refund cases and callbacks never say booking or order", () => {
  expect(kindsNamed(codeUnder(...rooms))).toEqual([]);
});

test.each([
  ["a variable", "const booking = await readBooking();"],
  ["a table", 'tx.selectFrom("order_session")'],
  ["a comment", "/** The order is paid. */"],
])("%s that names a kind is found", (_name, text) => {
  expect(kindsNamed([{ path: "src/commands/payments/a.ts", text }])).toHaveLength(1);
});

test("sorting is no order", () => {
  expect(kindsNamed([{ path: "a.ts", text: '.orderBy("created_at") // order by created_at' }])).toEqual([]);
});
