import { getCountries } from "libphonenumber-js/min";
import { localeNames } from "#ui/i18n/locales.ts";

export type Choice = { value: string; name: string };
export type Lists = { countries: Choice[]; currencies: Choice[]; zones: Choice[]; locales: Choice[] };

/** For the selects of a page, in the reader's language. */
export function listsFor(locale: string): Lists {
  const named = (type: "region" | "currency", codes: readonly string[]): Choice[] => {
    const names = new Intl.DisplayNames(locale, { type });
    return codes.map((value) => ({ value, name: names.of(value) ?? value })).toSorted((a, b) => a.name.localeCompare(b.name, locale));
  };
  return {
    countries: named("region", getCountries()),
    currencies: named("currency", Intl.supportedValuesOf("currency")).map(({ value, name }) => ({ value, name: `${name} (${value})` })),
    zones: Intl.supportedValuesOf("timeZone").map((value) => ({ value, name: value.replaceAll("_", " ") })),
    locales: Object.entries(localeNames).map(([value, name]) => ({ value, name })),
  };
}
