import type { Resolver } from "react-hook-form";
import * as z from "zod/mini";

/**
 * Repeats the contract's `customer` in zod's small edition: all of zod would be the largest thing
 * on this page. The server checks the contract itself and every country's phone numbers.
 */
const details = z.object({
  name: z.string().check(z.trim(), z.minLength(2), z.maxLength(100), z.regex(/^[^\p{Cc}<>]+$/u)),
  email: z.string().check(z.trim(), z.email(), z.maxLength(254)),
  phone: z.string().check(
    z.trim(),
    z.maxLength(32),
    z.regex(/^[+()\d\s.-]+$/),
    z.refine((value) => value.replace(/\D/g, "").length >= 7),
  ),
  acceptedTerms: z.literal(true),
});
export type DetailsValues = { name: string; email: string; phone: string; acceptedTerms: boolean };

export const detailsNames = ["name", "email", "phone", "acceptedTerms"] as const satisfies readonly (keyof DetailsValues)[];

/** Reports only which fields are wrong. The catalogue has the words. */
export const detailsResolver: Resolver<DetailsValues> = (values) => {
  const parsed = details.safeParse(values);
  if (parsed.success) return { values: parsed.data, errors: {} };
  const wrong = new Set(parsed.error.issues.map((issue) => issue.path[0]));
  return {
    values: {},
    errors: Object.fromEntries(
      detailsNames.filter((name) => wrong.has(name)).map((name) => [name, { type: isEmpty(values[name]) ? "missing" : "invalid" }]),
    ),
  };
};

const isEmpty = (value: unknown): boolean => typeof value !== "string" || value.trim() === "";
