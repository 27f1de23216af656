import type { Resolver } from "react-hook-form";
import { readEmail, readName, readPhone } from "#contracts/contact.ts";

export type DetailsValues = { name: string; email: string; phone: string; acceptedTerms: boolean };

export const detailsNames = ["name", "email", "phone", "acceptedTerms"] as const satisfies readonly (keyof DetailsValues)[];

/**
 * Reports only which fields are wrong; the catalogue has the words. The rule is the server's own,
 * which then also knows every country's phone numbers.
 */
export const detailsResolver: Resolver<DetailsValues> = (given) => {
  const [name, email, phone] = [readName(given.name), readEmail(given.email), readPhone(given.phone)];
  const { acceptedTerms } = given;
  if (name !== null && email?.unsendable === false && phone !== null && acceptedTerms)
    return { values: { name, email: email.address, phone, acceptedTerms }, errors: {} };
  return {
    values: {},
    errors: {
      ...(name === null && { name: { type: "invalid" } }),
      ...(email?.unsendable !== false && { email: { type: email ? "unsendable" : "invalid" } }),
      ...(phone === null && { phone: { type: "invalid" } }),
      ...(!acceptedTerms && { acceptedTerms: { type: "invalid" } }),
    },
  };
};
