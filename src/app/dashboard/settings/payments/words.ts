import type { Messages } from "next-intl";
import type { CredentialField } from "#contracts/merchant/connections.ts";
import { type CredentialProblem, credentialProblems, type Mode } from "#contracts/merchant/credential-problems.ts";

type ProviderWords = {
  webhookPlace: string;
  fields: Record<string, { label: string; place: string }>;
  details: Record<string, string>;
};
type Words = Messages["payments"];

/** A provider's own words. Codes without words are shown as they are. */
export function providerWords(words: Words, provider: string) {
  const known: Record<string, ProviderWords> = words.providers;
  const own = known[provider];
  return {
    webhookPlace: own?.webhookPlace ?? null,
    label: (name: string) => own?.fields[name]?.label ?? name,
    place: (name: string) => own?.fields[name]?.place ?? null,
    detail: (code: string) => own?.details[code] ?? code,
  };
}

/** The words of a code in one of the lists of the catalogue. */
export function codeWords(list: Record<string, string>, code: string): string {
  return list[code] ?? code;
}

type Typed = { fields: readonly CredentialField[]; mode: Mode; values: Record<string, string> };

/** By field, what is wrong with what was typed; blank fields are not. */
export function typedProblems({ fields, mode, values }: Typed): Record<string, CredentialProblem> {
  const problems = Object.entries(credentialProblems({ fields, mode, values }));
  return Object.fromEntries(problems.filter(([, problem]) => problem !== "missing"));
}

/** Two accounts of one provider are told apart by the merchant's own names. */
export function accountName(
  { provider, label }: { provider: string; label: string | null },
  names: Readonly<Record<string, string>>,
): string {
  const name = names[provider] ?? provider;
  return label === null ? name : `${name} · ${label}`;
}
