import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { abilities, credentialField } from "#contracts/merchant/connections.ts";
import messages from "#messages/es.json" with { type: "json" };
import paymentMessages from "#messages/payments/es.json" with { type: "json" };
import { addressFromEnvironment, EnvProblem } from "#platform/env.ts";
import { addressOr } from "#providers/addresses.ts";
import { checkAddresses } from "#providers/check-addresses.ts";
import { credentialFields } from "#providers/credentials.ts";
import { freeProvider, onSiteProvider, paymentProvider, paymentProviders } from "#providers/payments/registry.ts";
import { roomProviders } from "#providers/rooms/registry.ts";
import { OfferChoice } from "#ui/wizard/offer-choice.tsx";
import { asName } from "#ui/wizard/use-provider-name.ts";

const { [freeProvider]: free, [onSiteProvider]: onSite, ...offered } = paymentProviders;

test.each(Object.entries({ ...offered, ...roomProviders }))(
  "%s is registered under its own id, and a form can be drawn from its credentials",
  (id, definition) => {
    expect(definition.id).toBe(id);
    const fields = credentialFields(definition.credentialShape);
    expect(fields.length).toBeGreaterThan(0);
    for (const field of fields) expect(credentialField.parse(field)).toEqual(field);
    expect(fields.some((field) => field.isSecret)).toBe(true);
  },
);

test("merchants read where each credential lies at the provider, and what every method and ability is", () => {
  const words: Record<string, { webhookPlace: string; fields: Record<string, { label: string; place: string }> } | undefined> =
    paymentMessages.payments.providers;
  const { method, ability } = paymentMessages.payments;
  for (const [id, { credentialShape, facts }] of Object.entries(offered)) {
    const own = words[id];
    for (const { name } of credentialFields(credentialShape))
      expect(own?.fields[name], `${id} ${name}`).toEqual({ label: expect.any(String), place: expect.any(String) });
    expect(own?.webhookPlace).toEqual(expect.any(String));
    expect(facts?.methods.filter((code) => !Object.hasOwn(method, code))).toEqual([]);
  }
  expect(Object.keys(ability).sort()).toEqual([...abilities].sort());
});

test("a word that is no provider of ours, or belongs to every object, leads nowhere", () => {
  for (const word of ["", "constructor", "__proto__", "toString", "paypal"]) expect(paymentProvider(word)).toBeNull();
});

describe("what customers read", () => {
  const names = new Map<string, string>(Object.entries(messages.providers));
  const offerOf = (provider: string, more: Partial<PaymentOffer> = {}): PaymentOffer => ({
    connection: provider,
    provider,
    label: null,
    isTest: false,
    asksFor: [],
    minMinor: 100,
    maxMinor: null,
    currency: "COP",
    ...more,
  });
  const page = (offers: PaymentOffer[], chosen = offers[0] ?? null) =>
    renderToStaticMarkup(
      <NextIntlClientProvider locale="es" timeZone="UTC" messages={messages}>
        <OfferChoice
          offers={offers}
          offer={{
            chosen,
            choose: () => {},
            document: { type: "CC", number: "" },
            type: () => {},
            isDocumentWrong: false,
            check: () => null,
          }}
          amountMinor={9_500_000}
          legend=""
        />
      </NextIntlClientProvider>,
    );
  const read = (html: string, part: "name" | "about") =>
    [...html.matchAll(new RegExp(`id="[^"]*-${part}"[^>]*>([^<]*)<`, "g"))].map(([, words = ""]) => words);

  test("is a provider's name of the catalogues, and its id as a name where these have none", () => {
    for (const [id, { name }] of Object.entries(offered)) expect(names.get(id) ?? asName(id)).toBe(name);
    const ids = [...Object.keys(offered), "unheard-of"];
    const html = page(ids.map((id) => offerOf(id)));
    expect(read(html, "name")).toEqual(ids.map((id) => names.get(id) ?? "Unheard-of"));
    expect(
      read(html, "about")
        .slice(0, -1)
        .every((words) => words && words.length > 5),
    ).toBe(true);
  });

  test("tells two accounts of one provider by the merchant's names", () => {
    const two = ["Sede norte", "Sede sur"].map((label) => offerOf("stripe", { connection: label, label }));
    expect(read(page(two), "name")).toEqual(["Stripe · Sede norte", "Stripe · Sede sur"]);
  });

  test("is a limit that is near what is due, and none that is far from it", () => {
    const near = offerOf("addi", { minMinor: 5_000_000, maxMinor: 20_000_000 });
    const far = offerOf("wompi", { minMinor: 150_000, maxMinor: 1_000_000_000_000 });
    const [ofNear, ofFar] = read(page([near, far]), "about");
    expect(ofNear).toMatch(/Desde 50\.000.COP\. Hasta 200\.000.COP\./);
    expect(ofFar).not.toMatch(/Desde|Hasta/);
  });

  test("says that an account in test mode takes no real money, also where there is no choice", () => {
    expect(page([offerOf("bold", { isTest: true })])).toContain(messages.offers.testMode);
    expect(page([offerOf("bold"), offerOf("wompi")])).not.toContain(messages.offers.testMode);
  });

  test("is a question for a document where the chosen one asks for it, and for nothing where there is one account", () => {
    const asking = offerOf("addi", { asksFor: ["document"] });
    expect(page([offerOf("wompi"), asking])).not.toContain("documentNumber");
    expect(page([offerOf("wompi"), asking], asking)).toContain("documentNumber");
    expect(page([offerOf("wompi")])).toBe("");
  });
});

test("what is free, or paid on site, needs no credentials, and no merchant can be asked for any", () => {
  expect([free?.id, onSite?.id]).toEqual([freeProvider, onSiteProvider]);
  for (const own of [free, onSite]) expect(own && credentialFields(own.credentialShape)).toEqual([]);
});

describe("addresses", () => {
  const variables = [...Object.values(paymentProviders), ...Object.values(roomProviders)].flatMap(({ addressVariables }) =>
    Object.values<string>(addressVariables),
  );
  beforeEach(() => {
    for (const name of variables) vi.stubEnv(name, "");
  });
  afterEach(() => vi.unstubAllEnvs());

  function problem(): EnvProblem {
    try {
      checkAddresses();
    } catch (error) {
      if (error instanceof EnvProblem) return error;
      throw error;
    }
    throw new Error("nothing was refused");
  }

  test("an address that the environment does not name is the provider's own; an empty one is not named", () => {
    expect(addressFromEnvironment("SOME_API_URL", {})).toBeUndefined();
    expect(addressFromEnvironment("SOME_API_URL", { SOME_API_URL: "" })).toBeUndefined();
    expect(addressOr("https://api.example", undefined)).toBe("https://api.example");
    expect(addressOr("https://api.example", "SOME_API_URL")).toBe("https://api.example");
    vi.stubEnv("SOME_API_URL", "http://127.0.0.1:4400/v1");
    expect(addressOr("https://api.example", "SOME_API_URL")).toBe("http://127.0.0.1:4400/v1");
  });

  test("each variable belongs to one address of one provider", () => {
    expect(variables.length).toBeGreaterThan(0);
    expect(new Set(variables).size).toBe(variables.length);
    for (const name of variables) expect(name).toMatch(/^[A-Z0-9_]+_URL$/);
  });

  test.each(variables)("a %s that is no address is refused at the start; one sentence names it and never repeats the value", (name) => {
    for (const value of ["not an address", "ftp://wrong-password@files.example", "localhost:4400"]) {
      vi.stubEnv(name, value);
      expect(problem().sentences).toHaveLength(1);
      expect(problem().message).toContain(`${name} is not usable: `);
      expect(problem().message).not.toContain(value);
    }
    vi.stubEnv(name, "https://proxy.example/v1");
    expect(() => checkAddresses()).not.toThrow();
  });

  test("all addresses that are wrong are told at once", () => {
    for (const name of variables) vi.stubEnv(name, "wrong");
    expect(problem().sentences).toHaveLength(variables.length);
  });
});
