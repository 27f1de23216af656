import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { Refusal } from "#contracts/problem.ts";

/** Reads a number without `+` in the tenant's country. Returns E.164. Refuses: phone_invalid. */
export function e164(phone: string, country: string): string {
  const home: CountryCode | undefined = isSupportedCountry(country) ? country : undefined;
  const parsed = parsePhoneNumberFromString(phone, home);
  if (!parsed?.isValid()) {
    throw new Refusal("phone_invalid", undefined, [
      { path: "customer.phone", message: `not a phone number of ${country} or an international one` },
    ]);
  }
  return parsed.number;
}
