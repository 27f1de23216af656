import { z } from "zod";

const secret = z.string().min(16);

/**
 * `hmacSecret` signs the body; `webhookSecrets` sign the headers, newest first. Two live while they
 * rotate, the older one until `olderUntil`, if that is said.
 */
export const callbackSecrets = z.object({
  hmacSecret: secret,
  webhookSecrets: z.array(secret).min(1).max(2),
  olderUntil: z.iso.datetime().optional(),
});
export type CallbackSecrets = z.infer<typeof callbackSecrets>;

/** The secrets of the headers that live at this moment, newest first. */
export function liveWebhookSecrets({ webhookSecrets, olderUntil }: CallbackSecrets, now: Date): string[] {
  return olderUntil && Date.parse(olderUntil) <= now.getTime() ? webhookSecrets.slice(0, 1) : webhookSecrets;
}
