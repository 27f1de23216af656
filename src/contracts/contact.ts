/**
 * The one rule for names, mail addresses and phone numbers. The page runs it too, so it needs no
 * package. Each function first tidies what people paste, then returns null if that is none.
 */

/** As typed or pasted, so with marks that are removed. */
export const givenLengthMax = 400;
const nameLengths = { min: 2, max: 100 };
const emailLengthMax = 254;
const phoneLengths = { min: 5, max: 64 };

/** Not the joiners and variation selectors: Persian and emoji need them. */
const invisible = /(?!\u200C|\u200D|[\uFE00-\uFE0F])[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const strayJoiner = /(?<=^|\s)(\u200C|\u200D|[\uFE00-\uFE0F])+|(\u200C|\u200D)+(?=\s|$)/gu;
/** Arabic and Persian digits. */
const arabicDigit = /[\u0660-\u0669\u06F0-\u06F9]/g;
const oddHyphen = /[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/g;
const control = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

function tidy(given: string): string {
  return given
    .normalize("NFC")
    .replace(invisible, "")
    .replace(/\p{Zs}/gu, " ")
    .trim();
}

/** Has a letter or digit, and nothing that a mail's header, a page or a spreadsheet would obey. */
export function readName(given: string): string | null {
  const name = tidy(given)
    .replace(/[\u2010\u2011]/g, "-")
    .replace(strayJoiner, "")
    .trim();
  const isName =
    name.length >= nameLengths.min &&
    name.length <= nameLengths.max &&
    /[\p{L}\p{N}]/u.test(name) &&
    !control.test(name) &&
    !/[<>]|^[=+@\-＝＋＠－]/.test(name);
  return isName ? name : null;
}

const atoms = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
/** The same with letters of any script, which only SMTPUTF8 carries (RFC 6531). */
const internationalAtoms = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;

/** `Ana Pérez <ana@example.com>`, as mail programs copy it. */
const writtenToName = /^[^<>@\p{Cc}]*<([^<>]+)>$/u;

/**
 * Returns the address with its domain as SMTP carries it. `unsendable`: it is an address, but mail
 * servers need not take letters beyond ASCII before the @ (RFC 5321).
 */
export function readEmail(given: string): { address: string; unsendable: boolean } | null {
  const text = tidy(given)
    .replace(/[,;.]+$/, "")
    .replace(writtenToName, "$1")
    .replace(/^mailto:/i, "")
    .replace("＠", "@")
    .replace(oddHyphen, "-");
  const at = text.lastIndexOf("@");
  const local = text.slice(0, Math.max(at, 0));
  const domain = readDomain(text.slice(at + 1));
  if (domain === null || local.length > 64 || !internationalAtoms.test(local)) return null;
  const address = `${local}@${domain}`;
  return address.length <= emailLengthMax ? { address, unsendable: !atoms.test(local) } : null;
}

/** An international domain becomes `xn--…` by the browser's own rule (UTS 46). */
function readDomain(text: string): string | null {
  // URL would read these as port, path, user or percent code.
  if (/[\s\p{Cc}!-,/:-@[-`{-~]/u.test(text) || !URL.canParse(`http://${text}`)) return null;
  const { hostname } = new URL(`http://${text}`);
  const labels = hostname.split(".");
  const areLabels = labels.every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  return labels.length > 1 && areLabels && /[a-z]{2}|^xn--/.test(labels.at(-1) ?? "") ? hostname : null;
}

const phoneCharacters = /^[+(\d][\d\s()./+-]*([;,]?\s*(ext|extensi[oó]n|extension|anexo|int|x|#)\.?\s*[=:]?\s*\d{1,9})?$/i;

/**
 * Tidied, for the server to read as a number of a country. Returns null if no number of any country
 * looks like that.
 */
export function readPhone(given: string): string | null {
  const phone = tidy(given.normalize("NFKC").replaceAll("\t", " "))
    .replace(oddHyphen, "-")
    .replace(/^(tel|cel|whatsapp)[.:]?\s*(?=[+(\d])/i, "")
    .replace(/[,;]$/, "")
    .replace(/(ramal|poste)(?=\.?\s*\d{1,9}$)/i, "ext")
    .replace(arabicDigit, (digit) => String(digit.charCodeAt(0) & 15));
  const isPlausible = phone.length >= phoneLengths.min && phone.length <= phoneLengths.max && phoneCharacters.test(phone);
  return isPlausible && /(\d\D*){5}/.test(phone) ? phone : null;
}
