import fc from "fast-check";
import { expect, test } from "vitest";
import { amountAs } from "#domain/callback-body.ts";
import { amountDue, decimalsOf, isSameMoney, toMajor } from "#domain/money.ts";
import { mailLocales } from "#emails/mail-message.ts";
import { wordsOf } from "#emails/words.ts";
import { formatMoney, formatPrice } from "#ui/format.ts";

const percent = fc.integer({ min: 1, max: 100 });
/** Up to the largest integer that a number holds. */
const price = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.maxSafeNat());
const currency = fc.constantFrom("COP", "EUR", "BRL", "CLP", "PYG", "KWD");
const step = fc.constantFrom(1, 5, 10, 100, 1000);

const deposit = (priceMinor: number, depositPercent: number, of: { currency?: string; stepMinor?: number } = {}) =>
  amountDue({ priceMinor, depositPercent, currency: "EUR", chargeType: "partial", ...of });

test.each([
  { decimals: 0, currencies: ["CLP", "PYG", "JPY", "KRW", "VND", "ISK", "XAF", "XOF", "XPF"] },
  { decimals: 2, currencies: ["COP", "USD", "EUR", "BRL", "MXN", "PEN", "ARS", "UYU", "HUF", "TWD"] },
  { decimals: 3, currencies: ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"] },
  { decimals: 4, currencies: ["CLF", "UYW"] },
])("$currencies have $decimals decimals by ISO 4217", ({ decimals, currencies }) => {
  expect(currencies.map(decimalsOf)).toEqual(currencies.map(() => decimals));
});

test.each([
  { amountMinor: 12_000_000, currency: "COP", major: 120_000 },
  { amountMinor: 150_050, currency: "COP", major: 1500.5 },
  { amountMinor: 1, currency: "EUR", major: 0.01 },
  { amountMinor: 19_990, currency: "CLP", major: 19_990 },
  { amountMinor: 1_234_567, currency: "KWD", major: 1234.567 },
  { amountMinor: 0, currency: "USD", major: 0 },
])("$amountMinor in minor units of $currency are $major", ({ amountMinor, currency, major }) => {
  expect(toMajor(amountMinor, currency)).toBe(major);
});

test("an amount in whole units is written with exactly the digits of its minor units", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 15 - 1 }), currency, (amountMinor, of) => {
      const decimals = decimalsOf(of);
      const digits = String(amountMinor).padStart(decimals + 1, "0");
      const whole = digits.slice(0, digits.length - decimals);
      const rest = digits.slice(digits.length - decimals).replace(/0+$/, "");
      expect(JSON.stringify(toMajor(amountMinor, of))).toBe(rest ? `${whole}.${rest}` : whole);
    }),
  );
});

test("the total is the price, whatever the deposit says", () => {
  fc.assert(
    fc.property(price, percent, currency, (priceMinor, depositPercent, of) => {
      expect(amountDue({ priceMinor, depositPercent, currency: of, chargeType: "total" })).toBe(priceMinor);
    }),
  );
});

test("a deposit is its share rounded down to the step: at most the share, and less than one step below it", () => {
  fc.assert(
    fc.property(price, percent, step, (priceMinor, depositPercent, stepMinor) => {
      const due = BigInt(deposit(priceMinor, depositPercent, { stepMinor }));
      const shareTimes100 = BigInt(priceMinor) * BigInt(depositPercent);
      fc.pre(shareTimes100 >= BigInt(stepMinor) * 100n);
      expect(due % BigInt(stepMinor)).toBe(0n);
      expect(due * 100n <= shareTimes100).toBe(true);
      expect((due + BigInt(stepMinor)) * 100n > shareTimes100).toBe(true);
    }),
  );
});

test("a deposit is never more than the price, and free only where the price is", () => {
  fc.assert(
    fc.property(price, percent, step, (priceMinor, depositPercent, stepMinor) => {
      const due = deposit(priceMinor, depositPercent, { stepMinor });
      expect(due).toBeLessThanOrEqual(priceMinor);
      expect(due === 0).toBe(priceMinor === 0);
    }),
  );
});

test("a higher percentage never costs less", () => {
  fc.assert(
    fc.property(price, fc.integer({ min: 1, max: 99 }), step, (priceMinor, depositPercent, stepMinor) => {
      expect(deposit(priceMinor, depositPercent + 1, { stepMinor })).toBeGreaterThanOrEqual(
        deposit(priceMinor, depositPercent, { stepMinor }),
      );
    }),
  );
});

test.each([
  { priceMinor: 10_000_000, percent: 25, currency: "COP", due: 2_500_000 },
  // 24,999.75 pesos: pesos are paid whole.
  { priceMinor: 9_999_900, percent: 25, currency: "COP", due: 2_499_900 },
  { priceMinor: 333, percent: 50, currency: "EUR", due: 166 },
  { priceMinor: 19_990, percent: 25, currency: "CLP", due: 4997 },
  { priceMinor: 12_345, percent: 10, currency: "KWD", due: 1234 },
  // A share of less than one step costs one step, and a price below it is paid whole.
  { priceMinor: 5000, percent: 1, currency: "COP", due: 100 },
  { priceMinor: 50, percent: 50, currency: "COP", due: 50 },
  { priceMinor: 1, percent: 1, currency: "EUR", due: 1 },
  { priceMinor: 0, percent: 50, currency: "COP", due: 0 },
  { priceMinor: Number.MAX_SAFE_INTEGER, percent: 100, currency: "EUR", due: Number.MAX_SAFE_INTEGER },
])("$percent % of $priceMinor $currency is $due", ({ priceMinor, percent, currency, due }) => {
  expect(deposit(priceMinor, percent, { currency })).toBe(due);
});

test("money is the same only in amount and currency", () => {
  expect(isSameMoney({ amountMinor: 100, currency: "COP" }, { amountMinor: 100, currency: "COP" })).toBe(true);
  expect(isSameMoney({ amountMinor: 100, currency: "COP" }, { amountMinor: 100, currency: "USD" })).toBe(false);
  expect(isSameMoney({ amountMinor: 100, currency: "COP" }, { amountMinor: 101, currency: "COP" })).toBe(false);
});

test.each([
  { currency: "COP", amountMinor: 12_000_000, told: { precio: 120_000, precio_menor: 12_000_000 } },
  { currency: "COP", amountMinor: 150_050, told: { precio: 1500.5, precio_menor: 150_050 } },
  { currency: "CLP", amountMinor: 19_990, told: { precio: 19_990, precio_menor: 19_990 } },
  { currency: "KWD", amountMinor: 12_500, told: { precio: 12.5, precio_menor: 12_500 } },
  { currency: "EUR", amountMinor: 0, told: { precio: 0, precio_menor: 0 } },
])("a callback tells $amountMinor of $currency in whole and in minor units", ({ currency, amountMinor, told }) => {
  expect(amountAs("precio", amountMinor, currency)).toEqual(told);
});

/** Number formats write spaces that do not break. */
const plain = (text: string) => text.replaceAll(/\s/gu, " ");

test.each([
  { amountMinor: 12_000_000, currency: "COP", locale: "es-CO", page: "$ 120.000" },
  { amountMinor: 150_050, currency: "COP", locale: "es-CO", page: "$ 1.500,50" },
  { amountMinor: 19_990, currency: "CLP", locale: "es-CL", page: "$19.990" },
  { amountMinor: 150_000, currency: "PYG", locale: "es-PY", page: "Gs. 150.000" },
  { amountMinor: 12_500, currency: "KWD", locale: "en-US", page: "KWD 12.500" },
  { amountMinor: 4550, currency: "EUR", locale: "fr-FR", page: "45,50 €" },
])("$amountMinor in minor units of $currency reads $page on a page and in a mail", ({ locale, page, ...money }) => {
  expect(plain(formatMoney({ ...money, locale }))).toBe(page);
  const [language = "es", country = ""] = locale.split("-");
  const words = wordsOf({ locale: mailLocales.find((known) => known === language) ?? "es", country, timezone: "America/Bogota" });
  expect(plain(words.money(money.amountMinor, money.currency))).toBe(page);
});

test("a price of nothing is a word", () => {
  expect(formatPrice({ amountMinor: 0, currency: "COP", locale: "es-CO", free: "Gratis" })).toBe("Gratis");
  expect(plain(formatPrice({ amountMinor: 100, currency: "COP", locale: "es-CO", free: "Gratis" }))).toBe("$ 1");
});
