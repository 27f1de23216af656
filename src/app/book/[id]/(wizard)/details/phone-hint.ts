import { type CountryCode, getCountryCallingCode, getExampleNumber, isSupportedCountry } from "libphonenumber-js/min";
import examples from "libphonenumber-js/mobile/examples";

/** Returns for example `+57 321 1234567`. Runs on the server, because the metadata is large. */
export function phoneExample(country: string): { example: string; callingCode: string } | null {
  if (!isSupportedCountry(country)) return null;
  const code: CountryCode = country;
  const example = getExampleNumber(code, examples)?.formatInternational();
  return example ? { example, callingCode: `+${getCountryCallingCode(code)}` } : null;
}
