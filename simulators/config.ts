import { z } from "zod";
import { demoDaily, demoMerchantServer, demoPort, demoStripeAccount, demoWompiMerchant } from "./demo-config.ts";

export const wompiMerchantSchema = z.object({
  name: z.string().default("Comercio de prueba"),
  publicKey: z.string().regex(/^pub_(test|prod)_\w+$/),
  privateKey: z.string().regex(/^prv_(test|prod)_\w+$/),
  eventsSecret: z.string().min(1),
  integritySecret: z.string().min(1),
  eventsUrl: z.url(),
});

export const stripeAccountSchema = z.object({
  name: z.string().default("Cuenta de prueba"),
  accountId: z.string().regex(/^acct_\w+$/),
  secretKey: z.string().regex(/^(sk|rk)_(test|live)_\w+$/),
  /** A comma list while it is rolled: each of them signs. */
  webhookSecret: z.string().min(1),
  eventsUrl: z.url(),
  /** To which the endpoint listens. Left out: those that Konfirmado asks for. */
  enabledEvents: z.array(z.string()).optional(),
});

/** Each secret may be a comma list while it is rotated. Any of them is accepted then. */
export const merchantServerSchema = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  hmacSecret: z.string().min(1),
  webhookSecret: z.string().min(1),
});

const port = z.number().int().min(0).max(65_535);

export const configSchema = z.object({
  port: port.default(demoPort),
  smtpPort: port.optional(),
  wompi: z.object({ merchants: z.array(wompiMerchantSchema) }).default({ merchants: [demoWompiMerchant] }),
  stripe: z.object({ accounts: z.array(stripeAccountSchema) }).default({ accounts: [demoStripeAccount] }),
  daily: z.object({ apiKey: z.string().min(1), domain: z.string().min(1) }).default(demoDaily),
  merchantServers: z.array(merchantServerSchema).default([demoMerchantServer]),
});

export type WompiMerchantConfig = z.output<typeof wompiMerchantSchema>;
export type StripeAccountConfig = z.output<typeof stripeAccountSchema>;
export type MerchantServerConfig = z.output<typeof merchantServerSchema>;
/** Everything is optional. The default: the demo's accounts, port 4400 and SMTP on the next one. */
export type SimulatorsConfig = z.input<typeof configSchema>;
