import { expect, test } from "vitest";
import { providerSwitches } from "./provider-switches.ts";
import { codeUnder } from "./source.ts";

test("nothing outside the providers' room asks for a provider's name: it asks capabilities", () => {
  const files = codeUnder("src").filter(({ path }) => !path.startsWith("src/providers/"));
  expect(files.length).toBeGreaterThan(300);
  expect(providerSwitches(files)).toEqual([]);
});

test.each([
  ["an if", 'if (connection.provider === "wompi") return;'],
  ["an if the other way round", 'if ("stripe" !== payment.provider) return;'],
  ["a ternary", 'const wait = provider == "bold" ? 10 : 2;'],
  ["a switch", "switch (payment.provider) {"],
  ["a list", 'if (["bold", "addi"].includes(payment.provider)) return;'],
  ["a beginning", 'if (providerId.startsWith("mercado")) return;'],
  ["a definition's id", 'const isSlow = definition.id === "addi";'],
])("%s is found", (_name, line) => {
  expect(providerSwitches([{ path: "src/commands/payments/open-payment.ts", text: line }])).toHaveLength(1);
});

test.each([
  "if (providerId === freeProvider && money.amountMinor === 0) return capabilities;",
  "const isSame = other.provider === provider;",
  'if (provider.capabilities.lookup === "none") return;',
  '.where("provider", "=", provider)',
  'metrics().webhooks.inc({ provider: "any", outcome: error.code });',
])("%j asks for no name", (line) => {
  expect(providerSwitches([{ path: "src/commands/payments/open-payment.ts", text: line }])).toEqual([]);
});
