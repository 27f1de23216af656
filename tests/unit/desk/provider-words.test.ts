import { expect, test } from "vitest";
import messages from "#messages/booking/es.json" with { type: "json" };
import { pathsUnder, readProjectFile } from "#tests/tidy/source.ts";
import { providerWords } from "#ui/dashboard/provider-words.ts";

test("of a provider's JSON only its sentences are shown", () => {
  const answer = { error: { type: "INPUT_VALIDATION_ERROR", messages: { transaction: ["El plazo para anular terminó"] } } };
  expect(providerWords(JSON.stringify(answer))).toBe("El plazo para anular terminó");
  expect(providerWords(`422 ${JSON.stringify(answer)}`)).toBe("422 El plazo para anular terminó");
});

test("what is no JSON, is cut off or says nothing stays as it is", () => {
  for (const text of ["Insufficient funds", '{"error":{"type":"INP', '{"code":"E1"}']) expect(providerWords(text)).toBe(text);
});

test("each code that our adapters give for a refund that did not go out has words in the catalogue", () => {
  const files = pathsUnder("src/providers/payments").filter((path) => /\/(refund|cancellation|bold)\.ts$/.test(path));
  const codes = files.flatMap((path) => {
    const text = readProjectFile(path);
    const given = text.matchAll(/(?:refused\(|refusedAs\([^,()]*(?:\([^()]*\))?, |detail: )"([a-z_]+)"/g);
    return [...given].map((match) => match[1] ?? "").filter((code) => !notOfRefunds.includes(code));
  });
  expect(codes.length).toBeGreaterThan(5);
  const known = Object.keys(messages.booking.refundProblem);
  expect(codes.filter((code) => !known.includes(code))).toEqual([]);
});

/** What is no reason: a method that another follows, a status, and what a connection's test says. */
const notOfRefunds = [
  "there_are_only_refunds",
  "only_cancellations",
  "not_offered",
  "resource_missing",
  "identity_key_refused",
  "no_payment_method",
  "ok",
];
