import { z } from "zod";
import type { CredentialField } from "#contracts/merchant/connections.ts";

/** Draws a form and its checks. The words are in the catalogues, by provider and field. */
export type CredentialMeta = Omit<CredentialField, "name" | "pattern">;

const lengthMax = 200;

/** One field of a credential form. */
export function credential(pattern: RegExp, meta: CredentialMeta) {
  return z.string().trim().max(lengthMax).regex(pattern).meta({ credential: meta, valuePattern: pattern.source });
}

const described = z.object({
  credential: z.object({
    isSecret: z.boolean(),
    prefixes: z.object({ test: z.string(), production: z.string() }).nullable(),
    provenBy: z.enum(["test", "event", "payment"]),
  }),
  valuePattern: z.string(),
});

export function credentialFields(shape: z.ZodObject): CredentialField[] {
  return Object.entries(shape.shape).map(([name, field]) => {
    const { credential: meta, valuePattern: pattern } = described.parse(z.globalRegistry.get(field));
    return { name, pattern, ...meta };
  });
}
