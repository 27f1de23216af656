/** What somebody who types into the search box means. */
export type BookingSearch =
  /** A booking's own id, or the whole reference of one of its payments. */
  | { by: "id"; id: string }
  | { by: "reference"; reference: string }
  /** Three patterns for `like`, all of which must fit, or digits of the phone number. */
  | { by: "customer"; words: readonly [string, string, string]; digits: string | null }
  /** Nothing that could be found: punctuation alone. */
  | { by: "nothing" };

const id = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const reference = /^KF-[0-9A-Z]{22}$/;
const phone = /^[+\d\s().\-/]+$/;
/** Fewer digits are in almost every phone number. */
const phoneDigitsMin = 3;
/** A trigram has three signs: a shorter piece cannot be looked up, and must be a whole word. */
const pieceMin = 3;

export function readSearch(typed: string): BookingSearch {
  const text = typed
    .normalize("NFKD")
    .replaceAll(/[\p{C}\p{M}]/gu, "")
    .trim();
  if (id.test(text.toLowerCase())) return { by: "id", id: text.toLowerCase() };
  if (reference.test(text.toUpperCase())) return { by: "reference", reference: text.toUpperCase() };
  const digits = phone.test(text) ? digitsOf(text) : null;
  const [first, second, third] = text
    .split(/\s+/)
    .filter((word) => longestPiece(word) > 0)
    .sort((a, b) => longestPiece(b) - longestPiece(a))
    .map(patternOf);
  if (first === undefined) return { by: "nothing" };
  return { by: "customer", words: [first, second ?? "%", third ?? "%"], digits };
}

/** As it is stored: without `00`, or the zero that some countries dial at home. */
function digitsOf(text: string): string | null {
  const digits = text.replaceAll(/\D/g, "").replace(/^0+/, "");
  return digits.length < phoneDigitsMin ? null : `%${digits}%`;
}

const longestPiece = (word: string): number => Math.max(0, ...[...word.matchAll(/[\p{L}\p{N}]+/gu)].map(([piece]) => piece.length));

function patternOf(word: string): string {
  const literal = word.replaceAll(/[\\%_]/g, String.raw`\$&`);
  return longestPiece(word) < pieceMin ? `% ${literal} %` : `%${literal}%`;
}
