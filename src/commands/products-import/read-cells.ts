/** Without case and accents. */
const plain = (text: string): string => text.normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase().trim();

const yes = new Set(["yes", "y", "si", "s", "oui", "o", "sim", "true", "1", "x"]);
const no = new Set(["no", "n", "non", "nao", "false", "0"]);

/** In our languages. Returns null for another word. */
export function yesOrNo(given: string): boolean | null {
  const word = plain(given);
  return yes.has(word) ? true : no.has(word) ? false : null;
}

/** A whole number. Returns null for anything else. */
export const piecesOf = (given: string): number | null => (/^\d{1,9}$/.test(given) ? Number(given) : null);

const unlimited = new Set(["unlimited", "ilimitado", "ilimitada", "sin limite", "illimite", "illimitee", "sem limite", "∞"]);

/** Empty is none. Returns null for what cannot run out, undefined for what is no number. */
export function stockOf(given: string): number | null | undefined {
  if (given === "") return 0;
  return unlimited.has(plain(given)) ? null : (piecesOf(given) ?? undefined);
}

/** 19, 19%, 5.5 or 5,5. Returns null for what is no tax. */
export function taxOf(given: string): number | null {
  const text = given.replaceAll(/[\s%]/gu, "").replace(",", ".");
  return /^\d{1,2}(\.\d{1,2})?$/.test(text) ? Number(text) : null;
}
