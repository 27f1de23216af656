import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { callbackProblems, isTlsCode, problemOfAnswer } from "#domain/callbacks/problems.ts";
import { servedCountries } from "#domain/countries.ts";
import { asksForDocument } from "#domain/ledger/document-question.ts";
import { rateAt, splitTax } from "#domain/ledger/tax.ts";
import { type AlikeLines, totalsOf } from "#domain/ledger/totals.ts";
import { refundDeadline, refundDueDays } from "#domain/refund-policy.ts";

describe("tax", () => {
  test("base and tax make the total, to the unit, with any rate, and a refund is the payment with a minus", () => {
    const amount = fc.integer({ min: 0, max: 2 ** 50 });
    const rate = fc.option(fc.integer({ min: 1, max: 9900 }).map((hundredths) => hundredths / 100));
    fc.assert(
      fc.property(amount, rate, (amountMinor, percent) => {
        const { baseMinor, taxMinor } = splitTax(amountMinor, percent);
        expect(baseMinor + taxMinor).toBe(amountMinor);
        expect(Math.abs(baseMinor * (1 + (percent ?? 0) / 100) - amountMinor)).toBeLessThanOrEqual(1 + amountMinor * 1e-12);
        const back = splitTax(0 - amountMinor, percent);
        expect([back.baseMinor + baseMinor, back.taxMinor + taxMinor]).toEqual([0, 0]);
      }),
    );
    expect(splitTax(11_900, 19)).toEqual({ baseMinor: 10_000, taxMinor: 1_900 });
    // No decimals: 1 190 yen at 10 %.
    expect(splitTax(1_190, 10)).toEqual({ baseMinor: 1_082, taxMinor: 108 });
  });

  test("a sale has the rate of its moment; before the first rate was said, that one", () => {
    const rates = [
      { sinceMs: 100, percent: 19 },
      { sinceMs: 200, percent: null },
      { sinceMs: 300, percent: 5.5 },
    ];
    expect([50, 100, 199, 200, 299, 300, 999].map((at) => rateAt(rates, at))).toEqual([19, 19, 19, null, null, 5.5, 5.5]);
    expect(rateAt([], 5)).toBeNull();
  });
});

test("one payment of which the fee is not known makes the fees of its sum unknown, and no other", () => {
  const line = (over: Partial<AlikeLines>): AlikeLines => ({
    ...{ day: "2026-03-01", provider: "a", currency: "EUR", kind: "payment", amountMinor: 1_000, count: 2 },
    ...over,
  });
  const lines = [
    line({}),
    line({ amountMinor: 5, count: 1 }),
    line({ provider: "b" }),
    line({ kind: "refund", amountMinor: -300, count: 1 }),
  ];
  const { days, period } = totalsOf(lines, ({ amountMinor, provider }) => (provider === "a" && amountMinor === 5 ? null : 10));
  expect(period).toMatchObject([
    { provider: "a", takenMinor: 2_005, refundedMinor: 300, netMinor: 1_705, feesMinor: null, arrivesMinor: null },
    { provider: "b", netMinor: 2_000, feesMinor: 20, arrivesMinor: 1_980 },
  ]);
  expect(days).toHaveLength(2);
});

test.each([
  ["Número de cédula", true],
  ["NIT de la empresa", true],
  ["DOCUMENTO DE IDENTIDAD", true],
  ["Seu CPF?", true],
  ["Votre n° de SIRET", true],
  ["Passport number", true],
  ["¿Unité de mesure?", false],
  ["¿Cuánto mide el jardín?", false],
  ["Monitor preferido", false],
])("“%s” asks for a document: %s", (question, asks) => {
  expect(asksForDocument(question)).toBe(asks);
});

test("a refund is due within what is promised and within what the law of the country gives", () => {
  for (const country of [...servedCountries, "ZZ", "constructor"]) {
    const { dueDays, legal } = refundDeadline(country);
    expect(dueDays).toBeLessThanOrEqual(refundDueDays);
    if (legal) expect(dueDays).toBeLessThanOrEqual(legal.days);
  }
  expect(refundDeadline("CO").legal?.days).toBe(15);
  expect(refundDeadline("ZZ")).toEqual({ dueDays: refundDueDays, legal: null });
});

test("every status has its word, a web page is named though it was taken, and certificates are told from networks", () => {
  const json = "application/json";
  for (let status = 200; status < 600; status += 1) {
    const problem = problemOfAnswer({ status, contentType: json });
    if (status < 300) expect(problem).toBeNull();
    else expect(callbackProblems).toContain(problem);
  }
  expect(problemOfAnswer({ status: 200, contentType: "text/html; charset=utf-8" })).toBe("web_page");
  expect(problemOfAnswer({ status: 204, contentType: null })).toBeNull();
  for (const code of [
    "CERT_HAS_EXPIRED",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "EPROTO",
  ])
    expect(isTlsCode(code)).toBe(true);
  for (const code of ["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "no code"]) expect(isTlsCode(code)).toBe(false);
});
