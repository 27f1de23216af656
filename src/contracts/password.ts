/** The page runs this rule too, so it needs no package. In characters as a person counts them. */
export const passwordLengths = { min: 10, max: 200 };

/** The first that everybody tries. NIST SP 800-63B asks for length and a list, not for signs. */
const common = /^(.)\1*$|^(?:0?123456789\d*|1234567890|(?:password|contrase[nñ]a|qwerty(?:uiop)?|motdepasse|senha|konfirmado)[\d!.]*)$/iu;

export type PasswordProblem = "too_short" | "too_long" | "too_common";

/** `of` is what others know about the person: their address, their business. */
export function passwordProblem(password: string, of: readonly string[] = []): PasswordProblem | null {
  const length = [...password].length;
  if (length < passwordLengths.min) return "too_short";
  if (length > passwordLengths.max) return "too_long";
  const isKnown = of.some((known) => known.toLowerCase() === password.toLowerCase());
  return isKnown || common.test(password) ? "too_common" : null;
}
