/** Rooms that may not import `domain` ask here. */
export { servedCountries } from "#domain/countries.ts";
