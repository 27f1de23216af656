import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newReference } from "#platform/ids.ts";
import { connectPayment, ownProviders, paymentProviders } from "#providers/payments/registry.ts";
import { root } from "#scripts/plain/settings.mjs";
import { namedProviders } from "#tests/tidy/provider-names.ts";
import { codeUnder, readProjectFile } from "#tests/tidy/source.ts";
import { startReceiver } from "../../simulators/start.ts";
import { type PaymentStage, paymentSuite } from "../payment-suite.ts";
import { madeUp } from "./made-up.ts";
import { madeUpPayer } from "./payer.ts";
import { startMadeUp } from "./simulator.ts";

/** A sixth provider, as docs/add-a-provider.md describes it: one folder, and its line in the registry. */
beforeAll(() => {
  paymentProviders[madeUp.id] = madeUp;
});
afterAll(() => {
  delete paymentProviders[madeUp.id];
});

async function openStage(): Promise<PaymentStage> {
  const receiver = await startReceiver();
  const credentials = { apiKey: "mu_test_key", webhookSecret: "muwh_secret" };
  const simulator = await startMadeUp(credentials);
  process.env["MADE_UP_API_URL"] = simulator.url;
  const account = { credentials, webhookUrl: receiver.url };
  return {
    secrets: Object.values(credentials),
    provider: connectPayment({ provider: madeUp.id, mode: "test", credentials }),
    payment: (changes = {}) => ({
      ...{ reference: newReference(), amountMinor: 8_500_000, currency: "COP", expiresAt: new Date(Date.now() + 600_000) },
      ...{ returnUrl: "http://localhost:3000/pay/return/abc", webhookUrl: receiver.url, description: "Consulta", locale: "es" },
      customer: { name: "Ana María Pérez", email: "ana.perez@example.com", phone: "+573001234567", document: null },
      ...{ mayBeSlow: false, sessionToken: null },
      ...changes,
    }),
    payer: madeUpPayer(simulator, account),
    account,
    newChargeId: () => `c${Date.now()}x9`,
    deliveries: () =>
      receiver.received.splice(0).map(({ body, headers }) => ({
        rawBody: Buffer.from(body),
        headers: new Headers(Object.entries(headers).map(([header, value]) => [header, String(value)])),
      })),
    stop: async () => void (await Promise.all([simulator.stop(), receiver.stop()])),
  };
}

paymentSuite(madeUp, openStage);

/** Existing files that a new provider changes, with the line that each gets. New is its folder. */
const touched = {
  "src/providers/payments/registry.ts": (id: string) => new RegExp(`^  ${id}[,:]`, "m"),
  ...Object.fromEntries(
    ["es", "en", "fr", "pt"].map((language) => [`messages/payments/${language}.json`, (id: string) => new RegExp(`"${id}": \\{`)]),
  ),
};

describe("a provider costs one folder", () => {
  const offered = Object.keys(paymentProviders).filter((id) => !ownProviders.includes(id));
  const folders = readdirSync(join(root, "src/providers/payments"), { withFileTypes: true }).filter((entry) => entry.isDirectory());

  test("and at most five changed files of the product", () => {
    expect(Object.keys(touched).length).toBeLessThanOrEqual(5);
    expect(offered.length).toBeGreaterThan(0);
    for (const id of offered) for (const [file, line] of Object.entries(touched)) expect(readProjectFile(file), file).toMatch(line(id));
  });

  test("no other file of the product names one, but its icon and its words", () => {
    const names = folders.map(({ name }) => name.replaceAll("-", " ")).filter((name) => !["none", "on site"].includes(name));
    expect(names.length).toBeGreaterThan(0);
    const isOwn = /^src\/providers\/(payments|rooms)\/|^src\/ui\/.*(icon|mark)s?[./-]|^src\/contracts\/[\w/-]*examples\.ts/;
    // A weight of letters is no provider.
    const others = codeUnder("src")
      .filter(({ path }) => !isOwn.test(path))
      .map(({ path, text }) => ({ path, text: text.replaceAll(/font-(semi)?bold|Helvetica-Bold/g, "") }));
    expect(others.length).toBeGreaterThan(500);
    expect(namedProviders(others, names)).toEqual([]);
  });

  test("and the description names each of them", () => {
    const description = readProjectFile("docs/add-a-provider.md");
    for (const file of Object.keys(touched)) expect(description).toContain(file.replace(/(es|en|fr|pt)\.json$/, "{es,en,fr,pt}.json"));
    for (const file of ["made-up.ts", "simulator.ts", "payer.ts", "made-up.test.ts"]) expect(description).toContain(file);
  });
});
