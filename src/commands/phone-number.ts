import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * A number without `+` is read in the country. Returns null for none. `00` is first read as `+`: in
 * Colombia `005` is a prefix too, and would lead to Russia.
 */
export function e164(phone: string, country: string): string | null {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const readings = phone.startsWith("00") ? [`+${phone.slice(2)}`, phone] : [phone];
  for (const reading of readings) {
    const parsed = parsePhoneNumberFromString(reading, home);
    const number = parsed && validNumber(parsed.number);
    if (number) return parsed.ext ? `${number};ext=${parsed.ext}` : number;
  }
  return null;
}

/** Numbers whose prefix a country has changed since people saved them. */
const renumbered: readonly [before: RegExp, now: string][] = [
  // Mexico, 2019: mobiles without the 1.
  [/^\+521(\d{10})$/, "+52$1"],
  // Colombia, 2021: landlines with 60.
  [/^\+57([1-8]\d{7})$/, "+5760$1"],
];

function validNumber(number: string): string | undefined {
  const numbers = [number, ...renumbered.map(([before, now]) => number.replace(before, now))];
  return numbers.find((candidate) => parsePhoneNumberFromString(candidate)?.isValid());
}
