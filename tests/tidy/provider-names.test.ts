import { expect, test } from "vitest";
import {
  foreignLines,
  namedProviders,
  paymentProviderNames,
  providerNames,
  providerSwitches,
  roomsWithoutNames,
  testsOfAnyProvider,
} from "./provider-names.ts";
import { codeUnder } from "./source.ts";

test("no provider is named outside its own folder and the registries", () => {
  expect(providerNames()).toEqual(expect.arrayContaining(["wompi", "daily", "mercado pago", "stripe", "bold", "addi"]));
  expect(namedProviders(codeUnder(...roomsWithoutNames), providerNames())).toEqual([]);
});

test.each([
  ["an id", 'if (connection.provider === "wompi") return;'],
  ["an import", 'import { createRoom } from "#providers/rooms/daily/daily.ts";'],
  ["a variable of the environment", "WOMPI_API_URL: address.optional(),"],
  ["a function", "const room = await connectDaily(credentials);"],
  ["a header", 'const storedHeaders = ["x-bold-signature"];'],
  ["a comment", "/** Addi wants its own words back. */"],
  ["a name of two words", 'return "Mercado Pago";'],
  ["a name of two words as an identifier", "const mercadoPago = 1;"],
  ["a name of two words as an id", 'case "mercadopago":'],
])("%s that names a provider is found", (_name, text) => {
  expect(namedProviders([{ path: "src/commands/inbox/receive-webhook.ts", text }], providerNames())).toHaveLength(1);
});

test.each(["adding and additional", "a striped row", "boldly", 'sameSite: "none"'])("%j names no provider", (text) => {
  expect(namedProviders([{ path: "src/http/requests.ts", text }], providerNames())).toEqual([]);
});

test("the examples of the API may show one, and no other contract", () => {
  const text = 'provider: "wompi"';
  expect(namedProviders([{ path: "src/contracts/openapi-examples.ts", text }], providerNames())).toEqual([]);
  expect(namedProviders([{ path: "src/contracts/operations/examples.ts", text }], providerNames())).toEqual([]);
  expect(namedProviders([{ path: "src/contracts/openapi.ts", text }], providerNames())).toHaveLength(1);
});

test("the engine's tests, races, model, storm and crash points pay in our words, with any provider", () => {
  const files = codeUnder(...testsOfAnyProvider);
  for (const folder of testsOfAnyProvider) expect(files.some(({ path }) => path.startsWith(`${folder}/`))).toBe(true);
  expect(paymentProviderNames()).toEqual(expect.arrayContaining(["wompi", "mercado pago", "stripe", "bold", "addi"]));
  expect([...namedProviders(files, paymentProviderNames()), ...foreignLines(files)]).toEqual([]);
});

test.each([
  ["its panel", 'await post("/wompi/transactions/create", charge);'],
  ["its id", 'const wish = { kind: "payment", provider: "wompi" };'],
  ["an outcome", 'await press(chargeId, { status: "APPROVED" });'],
  ["a field", "const charge = { reference, amountInCents: 100 };"],
  ["a key of its accounts", "const { publicKey } = credentials;"],
  ["a knob of its simulator", 'await pay(world, url, "approve", { eventCopies: 2 });'],
])("a test of the engine that uses %s is found", (_name, text) => {
  const files = [{ path: "tests/engine/paying.test.ts", text }];
  expect([...namedProviders(files, paymentProviderNames()), ...foreignLines(files)]).not.toEqual([]);
});

test("our own words, and the provider of rooms, are no breach", () => {
  const text = 'await payer.decide(chargeId, "approved"); await daily({ failNext: 1 }); // an error';
  const files = [{ path: "tests/engine/rooms.test.ts", text }];
  expect([...namedProviders(files, paymentProviderNames()), ...foreignLines(files)]).toEqual([]);
});

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
