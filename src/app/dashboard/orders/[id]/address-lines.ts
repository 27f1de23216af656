import type { Address } from "#contracts/shop/order-session.ts";
import { countryName } from "#ui/format.ts";

/** As it is written on a parcel. */
export function addressLines(address: Address, locale: string): string[] {
  const { firstName, lastName, address: street, city, region, postalCode, country, phone } = address;
  const town = [postalCode, city].filter(Boolean).join(" ");
  return [`${firstName} ${lastName}`, street, region ? `${town}, ${region}` : town, countryName(country, locale), phone];
}
