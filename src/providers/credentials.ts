import { z } from "zod";

export type CredentialMeta = { labelKey: string; secret: boolean; example: string };
export type CredentialField = CredentialMeta & { name: string };

const credentialMeta = z.object({ labelKey: z.string(), secret: z.boolean(), example: z.string() });

/** Describes one field of a credential form. `labelKey` is a key of the message catalogue. */
export function credential(pattern: RegExp, meta: CredentialMeta) {
  return z.string().trim().max(200).regex(pattern).meta(meta);
}

export function credentialFields(shape: z.ZodObject): CredentialField[] {
  return Object.entries(shape.shape).map(([name, field]) => ({ name, ...credentialMeta.parse(z.globalRegistry.get(field)) }));
}
