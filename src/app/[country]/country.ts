import type { SearchParams } from "#app/book/address.ts";

/** For shops whose addresses begin with a country: `/co/order/confirmed/…`. */
export type AskedInCountry = { params: Promise<{ country: string; id: string }>; searchParams: SearchParams };

export const isCountry = (text: string): boolean => /^[a-z]{2}$/.test(text);
