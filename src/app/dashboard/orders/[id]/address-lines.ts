import type { Address } from "#contracts/shop/order-session.ts";

/** As it is written on a parcel. */
export function addressLines(address: Address, locale: string): string[] {
  const { firstName, lastName, address: street, city, region, postalCode, country, phone } = address;
  const land = new Intl.DisplayNames(locale, { type: "region" }).of(country) ?? country;
  const town = [postalCode, city].filter(Boolean).join(" ");
  return [`${firstName} ${lastName}`, street, region ? `${town}, ${region}` : town, land, phone];
}
