export type Country = {
  /** IANA: the zone of the capital. A merchant elsewhere in the country changes it. */
  timezone: string;
  /** ISO 4217. */
  currency: string;
  locale: "es" | "en" | "fr" | "pt";
  dialCode: string;
  /** ISO: 1 Monday … 7 Sunday. Unicode's week data. */
  weekStart: 1 | 7;
};

/** What follows from a merchant's country until they say otherwise. */
const served = {
  CO: { timezone: "America/Bogota", currency: "COP", locale: "es", dialCode: "+57", weekStart: 1 },
  MX: { timezone: "America/Mexico_City", currency: "MXN", locale: "es", dialCode: "+52", weekStart: 7 },
  FR: { timezone: "Europe/Paris", currency: "EUR", locale: "fr", dialCode: "+33", weekStart: 1 },
  CL: { timezone: "America/Santiago", currency: "CLP", locale: "es", dialCode: "+56", weekStart: 1 },
  BR: { timezone: "America/Sao_Paulo", currency: "BRL", locale: "pt", dialCode: "+55", weekStart: 7 },
  AR: { timezone: "America/Argentina/Buenos_Aires", currency: "ARS", locale: "es", dialCode: "+54", weekStart: 1 },
  PE: { timezone: "America/Lima", currency: "PEN", locale: "es", dialCode: "+51", weekStart: 7 },
  EC: { timezone: "America/Guayaquil", currency: "USD", locale: "es", dialCode: "+593", weekStart: 1 },
  ES: { timezone: "Europe/Madrid", currency: "EUR", locale: "es", dialCode: "+34", weekStart: 1 },
  US: { timezone: "America/New_York", currency: "USD", locale: "en", dialCode: "+1", weekStart: 7 },
  UY: { timezone: "America/Montevideo", currency: "UYU", locale: "es", dialCode: "+598", weekStart: 1 },
  PY: { timezone: "America/Asuncion", currency: "PYG", locale: "es", dialCode: "+595", weekStart: 7 },
  BO: { timezone: "America/La_Paz", currency: "BOB", locale: "es", dialCode: "+591", weekStart: 1 },
  CR: { timezone: "America/Costa_Rica", currency: "CRC", locale: "es", dialCode: "+506", weekStart: 1 },
  PA: { timezone: "America/Panama", currency: "USD", locale: "es", dialCode: "+507", weekStart: 7 },
  GT: { timezone: "America/Guatemala", currency: "GTQ", locale: "es", dialCode: "+502", weekStart: 7 },
  DO: { timezone: "America/Santo_Domingo", currency: "DOP", locale: "es", dialCode: "+1", weekStart: 7 },
  PT: { timezone: "Europe/Lisbon", currency: "EUR", locale: "pt", dialCode: "+351", weekStart: 7 },
  GB: { timezone: "Europe/London", currency: "GBP", locale: "en", dialCode: "+44", weekStart: 1 },
} as const satisfies Record<string, Country>;

export type ServedCountry = keyof typeof served;
export const servedCountries = Object.keys(served) as [ServedCountry, ...ServedCountry[]];

/** For a country of which nothing is known here. */
const elsewhere: Country = { timezone: "UTC", currency: "USD", locale: "en", dialCode: "+1", weekStart: 1 };

export function countryOf(code: string): Country {
  const known: Readonly<Record<string, Country>> = served;
  return known[code] ?? elsewhere;
}
