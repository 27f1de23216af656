import { expect, test } from "vitest";
import { commandArrows, unusedCommandArrows, wrongCommandArrows } from "./command-arrows.ts";
import { codeUnder } from "./source.ts";

test("inside commands every import follows the table of arrows, and every arrow is used", () => {
  const files = codeUnder("src/commands");
  expect(files.length).toBeGreaterThan(50);
  expect(wrongCommandArrows(files)).toEqual([]);
  expect(unusedCommandArrows(files)).toEqual([]);
});

test.each([
  ["a payment that imports a booking", "payments/open-payment.ts", "../bookings/insert-booking.ts"],
  ["a refund case that imports settling", "refund-cases/open.ts", "../settlement/settle.ts"],
  ["a claim that imports a checkout", "claims/hold-slot.ts", "../checkouts/kinds.ts"],
  ["settling that imports a booking past the table of kinds", "settlement/settle.ts", "#commands/bookings/booking-kind.ts"],
  ["a loose file that imports a folder", "log-event.ts", "./payments/open-payment.ts"],
  ["an import into a folder that the table does not name", "vouchers/start.ts", "../log-event.ts"],
])("%s is found", (_name, path, target) => {
  expect(wrongCommandArrows([{ path: `src/commands/${path}`, text: `import type { x } from "${target}";` }])).toHaveLength(1);
});

test("an import of its own folder, of another room and of an allowed folder is left alone", () => {
  const text = 'import { a } from "./settle.ts"; import { b } from "#domain/money.ts"; import { c } from "../payments/open-payment.ts";';
  expect(wrongCommandArrows([{ path: "src/commands/settlement/settle-charge.ts", text }])).toEqual([]);
});

test("an arrow that nothing uses is found", () => {
  expect(unusedCommandArrows([])).toContain("settlement → checkouts");
});

test("the table has no circle", () => {
  const reaches = (from: string, seen: readonly string[]): string[] =>
    (commandArrows[from] ?? []).flatMap((to) => (seen.includes(to) ? [to] : [to, ...reaches(to, [...seen, to])]));
  for (const from of Object.keys(commandArrows)) expect(reaches(from, []), from).not.toContain(from);
});
