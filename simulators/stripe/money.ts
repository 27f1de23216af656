/** Stripe's units: none of JPY has decimals, and ISK is written with two. */
const zeroDecimal = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));

export function moneyText(amount: number, currency: string, language: string): string {
  const major = zeroDecimal.has(currency) ? amount : amount / 100;
  return `${major.toLocaleString(`${language}-CO`, { maximumFractionDigits: 2 })} ${currency.toUpperCase()}`;
}
