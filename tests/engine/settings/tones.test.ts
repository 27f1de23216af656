import { describe, expect, test } from "vitest";
import { operations } from "#contracts/operations/index.ts";
import type { Operation } from "#contracts/operations/operation.ts";
import { refusalsOf } from "#contracts/operations/refusals.ts";
import { toneVariant, withVariant } from "#contracts/settings/tones.ts";
import { type Catalogue, catalogueComplaints } from "../../tidy/catalogues.ts";
import { readProjectFile } from "../../tidy/source.ts";

/** What customers read. Merchants are addressed in one way only. */
const forCustomers: Record<string, readonly string[]> = {
  messages: [
    ...["steps", "select", "availability", "countdown", "summary", "price", "priceChanged", "details", "nextSlots", "confirm"],
    ...["noscript", "problems", "terms", "place", "cancellation", "ownChanges"],
  ],
  "messages/mail": [
    "common",
    "customerPaid",
    "customerRoom",
    "customerMoved",
    "customerReminder",
    "ownChanges",
    "customerCancelled",
    "customerUnpaid",
    "customerRefund",
    "customerRefundDone",
    "customerPaymentLink",
    "customerRest",
    "terms",
  ],
};
const listed: readonly Operation[] = operations;
const customersRefusals = listed.filter(({ callers }) => callers.includes("customer")).flatMap(refusalsOf);

const variants = [
  {
    variant: "es-formal",
    base: "es",
    other:
      /(?<![\p{L}])(tú|tu|tus|te|ti|contigo|tuy[oa]s?|eres|tienes|puedes|pagas|(?<!si )elige|escribe|revisa|revísala|revísalo|responde esta|inténtalo|recarga|espera unos)(?![\p{L}])/iu,
  },
  { variant: "fr-informal", base: "fr", other: /(?<!rendez-)\b(vous|votre|vos)\b|(?<!\bch|\bass|\brend)ez\b(?!-vous\b)/iu },
] as const;
const read = (path: string): Catalogue => JSON.parse(readProjectFile(path));

describe.each(Object.keys(forCustomers))("in %s", (folder) => {
  test.each(variants)("$variant has no text but those of $base that differ, with the same placeholders", ({ variant, base }) => {
    const texts = read(`${folder}/${variant}.json`);
    const [own, source] = [flat(texts), flat(read(`${folder}/${base}.json`))];
    expect(own.size).toBeGreaterThan(30);
    expect([...own].filter(([key, text]) => !source.has(key) || source.get(key) === text)).toEqual([]);
    const same = Object.fromEntries([...own.keys()].map((key) => [key, source.get(key) ?? ""]));
    expect(catalogueComplaints({ es: same, [variant]: Object.fromEntries(own) })).toEqual([]);
  });

  test.each(variants)("no text that a customer reads in $variant speaks to them the other way", ({ variant, base, other }) => {
    const all = withVariant(read(`${folder}/${base}.json`), read(`${folder}/${variant}.json`));
    const names = forCustomers[folder] ?? [];
    const shown = names.flatMap((name) => [...flat(parts(all[name]), `${name}.`)]);
    const errors = parts(all["errors"] ?? {});
    for (const code of ["unreachable", "internal", ...customersRefusals]) shown.push([`errors.${code}`, String(errors[code] ?? "")]);
    expect(shown.length).toBeGreaterThan(60);
    expect(shown.filter(([, text]) => other.test(text))).toEqual([]);
  });
});

test("a variant is chosen by language and tone, and other languages have one way only", () => {
  expect([toneVariant("es", "formal"), toneVariant("fr", "informal")]).toEqual(["es-formal", "fr-informal"]);
  for (const [locale, tone] of [
    ["es", "usual"],
    ["es", "informal"],
    ["fr", "usual"],
    ["fr", "formal"],
    ["en", "formal"],
    ["pt", "informal"],
  ] as const)
    expect(toneVariant(locale, tone)).toBeNull();
});

test("a variant replaces its texts alone, and changes no catalogue that others read", () => {
  const base = { a: { b: "tú", c: "c" }, d: "d" };
  expect(withVariant(base, { a: { b: "usted" } })).toEqual({ a: { b: "usted", c: "c" }, d: "d" });
  expect(base.a.b).toBe("tú");
});

function parts(given: string | Catalogue | undefined): Catalogue {
  if (typeof given !== "object") throw new Error("a part of the catalogue is missing");
  return given;
}

function flat(catalogue: Catalogue, prefix = ""): Map<string, string> {
  const pairs = Object.entries(catalogue).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(pairs);
}
