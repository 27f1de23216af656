import { z } from "zod";
import { keyPermissions } from "#domain/roles.ts";

export const apiKeyAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Its first characters, to tell it from others. */
  shown: z.string(),
  permissions: z.array(z.string()),
  createdBy: z.string().nullable(),
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
});
export type ApiKeyAnswer = z.infer<typeof apiKeyAnswer>;

export const newApiKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  permissions: z
    .array(z.enum(keyPermissions))
    .min(1)
    .transform((given) => [...new Set(given)]),
});
export type NewApiKey = z.infer<typeof newApiKey>;

/** The key itself stands here once and is stored nowhere. A repeat of the request gets null. */
export const madeApiKey = apiKeyAnswer.extend({ key: z.string().nullable() });
