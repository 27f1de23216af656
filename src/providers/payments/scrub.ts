const mask = "[scrubbed]";
/** 13 to 19 digits, also in groups, that touch no other digit or dash. Hashes hold none. */
const cardLike = /\b[0-9a-f]{32,}\b|(?<![\d-])(?<card>[2-6](?:[ -]?\d){12,18})(?![\d-])/gi;

/** Masks the named fields of a JSON text at any depth, the patterns and all card numbers. */
export function scrubText(text: string, secrets: { fields: ReadonlySet<string>; patterns: readonly RegExp[] }): string {
  const masked = secrets.patterns.reduce((rest, pattern) => rest.replaceAll(pattern, mask), maskFields(text, secrets.fields));
  return masked.replaceAll(cardLike, (found, card?: string) => (card && passesLuhn(card.replaceAll(/\D/g, "")) ? mask : found));
}

function maskFields(text: string, fields: ReadonlySet<string>): string {
  try {
    return JSON.stringify(JSON.parse(text, (key, value: unknown) => (fields.has(key) && value !== null ? mask : value)));
  } catch {
    return text;
  }
}

/** ISO/IEC 7812-1: every card number carries this check digit. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
