import type { FieldErrors, Resolver, ResolverResult } from "react-hook-form";
import { readEmail, readName, readPhone } from "#contracts/contact.ts";

export type DetailsValues = { name: string; email: string; phone: string; acceptedTerms: boolean };

export const detailsNames = ["name", "email", "phone", "acceptedTerms"] as const satisfies readonly (keyof DetailsValues)[];

/**
 * Reports only which fields are wrong; the catalogue has the words. The rule is the server's own,
 * which then also knows every country's phone numbers.
 */
export const detailsResolver: Resolver<DetailsValues> = (given): ResolverResult<DetailsValues> => {
  const [name, email, phone] = [readName(given.name), readEmail(given.email), readPhone(given.phone)];
  const { acceptedTerms } = given;
  if (name !== null && email?.unsendable === false && phone !== null && acceptedTerms)
    return { values: { name, email: email.address, phone, acceptedTerms }, errors: {} };
  const errors: FieldErrors<DetailsValues> = {};
  if (name === null) errors.name = { type: "invalid" };
  if (email?.unsendable !== false) errors.email = { type: email ? "unsendable" : "invalid" };
  if (phone === null) errors.phone = { type: isEmpty(given.phone) ? "missing" : "invalid" };
  if (!acceptedTerms) errors.acceptedTerms = { type: "invalid" };
  return { values: {}, errors };
};

const isEmpty = (text: string): boolean => text.trim() === "";
