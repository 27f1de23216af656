/**
 * `withdrawDays`: how long a customer may withdraw from a purchase at a distance, counted from the
 * contract. `refundDays`: calendar days until the money must be back with them, counted from their
 * word. A service that has begun with the customer's consent is an exception in all of these laws.
 */
export type WithdrawalLaw = {
  withdrawDays: number;
  daysAre: "working" | "calendar";
  /** A last day that is no working day moves on to the next one. */
  endsOnWorkingDay?: true;
  refundDays: number;
  source: string;
};

/** A country is left out while nobody has looked its law up. */
const laws: Readonly<Record<string, WithdrawalLaw>> = {
  // Ley 1480, art. 47, as changed by Ley 2439 of 2024.
  CO: {
    withdrawDays: 5,
    daysAre: "working",
    refundDays: 15,
    source: "https://forvismazars.com/co/es/insights/nuestras-publicaciones/tax-legal/ley-2439-de-2024",
  },
  // Ley 19.496, art. 3 bis.
  CL: { withdrawDays: 10, daysAre: "calendar", refundDays: 45, source: "https://www.bcn.cl/leychile/navegar?idNorma=61438" },
  // Directive 2011/83/EU, art. 9, 13 and 16. How its days are counted: Regulation 1182/71, art. 3.
  ES: {
    withdrawDays: 14,
    daysAre: "calendar",
    endsOnWorkingDay: true,
    refundDays: 14,
    source: "https://eur-lex.europa.eu/eli/dir/2011/83/oj",
  },
  FR: {
    withdrawDays: 14,
    daysAre: "calendar",
    endsOnWorkingDay: true,
    refundDays: 14,
    source: "https://eur-lex.europa.eu/eli/dir/2011/83/oj",
  },
  PT: {
    withdrawDays: 14,
    daysAre: "calendar",
    endsOnWorkingDay: true,
    refundDays: 14,
    source: "https://eur-lex.europa.eu/eli/dir/2011/83/oj",
  },
  // The Consumer Contracts Regulations 2013, reg. 30, 34 and 36.
  GB: { withdrawDays: 14, daysAre: "calendar", refundDays: 14, source: "https://www.legislation.gov.uk/uksi/2013/3134/regulation/34" },
};

/** Returns null where nobody has looked it up. */
export function withdrawalLaw(country: string): WithdrawalLaw | null {
  return Object.hasOwn(laws, country) ? (laws[country] ?? null) : null;
}
