import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/min";
import { Refusal } from "#contracts/problem.ts";
import { paymentProvider } from "#providers/payments/registry.ts";

/** A phone number as E.164, read in the tenant's country; a number with a `+` may be of any country. Refuses: phone_invalid. */
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

/** Whether the provider takes this amount and currency. Refuses: amount_not_payable. */
export function requirePayable(providerId: string, money: { amountMinor: number; currency: string }): void {
  const capabilities = paymentProvider(providerId)?.capabilities;
  if (!capabilities) throw new Refusal("provider_not_offered");
  const fits =
    capabilities.currencies.includes(money.currency) &&
    money.amountMinor >= capabilities.amountMinorMin &&
    money.amountMinor % capabilities.amountMinorStep === 0;
  if (!fits) throw new Refusal("amount_not_payable");
}
