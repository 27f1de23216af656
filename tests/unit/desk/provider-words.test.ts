import { expect, test } from "vitest";
import { providerWords } from "#ui/dashboard/provider-words.ts";

test("of a provider's JSON only its sentences are shown", () => {
  const answer = { error: { type: "INPUT_VALIDATION_ERROR", messages: { transaction: ["El plazo para anular terminó"] } } };
  expect(providerWords(JSON.stringify(answer))).toBe("El plazo para anular terminó");
  expect(providerWords(`422 ${JSON.stringify(answer)}`)).toBe("422 El plazo para anular terminó");
});

test("what is no JSON, is cut off or says nothing stays as it is", () => {
  for (const text of ["the machine has given up", '{"error":{"type":"INP', '{"code":"E1"}']) expect(providerWords(text)).toBe(text);
});
