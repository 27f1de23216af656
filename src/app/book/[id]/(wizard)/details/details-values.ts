import type { Resolver } from "react-hook-form";
import { z } from "zod";
import { customer } from "../../../../../contracts/checkout.ts";

/** The contract's customer; a phone is looked at closely by the server, which knows every country's numbers. */
const details = z.object({
  name: customer.shape.name,
  email: z.string().trim().pipe(customer.shape.email),
  phone: customer.shape.phone.regex(/^[+()\d\s.-]+$/).refine((value) => value.replace(/\D/g, "").length >= 7),
  acceptedTerms: z.literal(true),
});
export type DetailsValues = { name: string; email: string; phone: string; acceptedTerms: boolean };

export const detailsNames = ["name", "email", "phone", "acceptedTerms"] as const satisfies readonly (keyof DetailsValues)[];

/** Which fields are wrong; the words for each come from the catalogue. */
export const detailsResolver: Resolver<DetailsValues> = (values) => {
  const parsed = details.safeParse(values);
  if (parsed.success) return { values: parsed.data, errors: {} };
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  return {
    values: {},
    errors: Object.fromEntries(detailsNames.filter((name) => wrong.has(name)).map((name) => [name, { type: "invalid" }])),
  };
};
