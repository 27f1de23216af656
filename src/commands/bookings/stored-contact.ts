import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { readEmail, readPhone } from "#contracts/contact.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Customer } from "./insert-booking.ts";

/**
 * What is kept of a customer's details: a number without `+` is read in the tenant's country and
 * becomes E.164, with `;ext=12` behind it (RFC 3966). Refuses: phone_invalid, email_unsendable.
 */
export function storedContact(given: Customer, country: string): Customer {
  if (readEmail(given.email)?.unsendable !== false) {
    const message = "mail servers carry only ASCII letters before the @";
    throw new Refusal("email_unsendable", undefined, [{ path: "customer.email", message }]);
  }
  const phone = e164(readPhone(given.phone) ?? "", country);
  if (phone !== null) return { ...given, phone };
  const message = `not a phone number of ${country} or an international one`;
  throw new Refusal("phone_invalid", undefined, [{ path: "customer.phone", message }]);
}

/** `00` is first read as `+`: in Colombia `005` is a prefix too, and would lead to Russia. */
function e164(phone: string, country: string): string | null {
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
