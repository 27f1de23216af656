import { z } from "zod";
import {
  demoAddiAlly,
  demoBoldMerchant,
  demoDaily,
  demoMercadopagoAccount,
  demoMerchantServer,
  demoPort,
  demoStripeAccount,
  demoWompiMerchant,
} from "./demo-config.ts";

export const wompiMerchantSchema = z.object({
  name: z.string().default("Comercio de prueba"),
  publicKey: z.string().regex(/^pub_(test|prod)_\w+$/),
  privateKey: z.string().regex(/^prv_(test|prod)_\w+$/),
  eventsSecret: z.string().min(1),
  integritySecret: z.string().min(1),
  eventsUrl: z.url(),
});

/** `webhookUrl` is the panel's address. A preference may name another one. */
export const mercadopagoAccountSchema = z.object({
  name: z.string().default("Comercio de prueba"),
  accessToken: z.string().regex(/^(APP_USR|TEST)-[\w-]+-\d{1,15}$/),
  webhookSecret: z.string().min(1),
  siteId: z.enum(["MCO", "MLA", "MLB", "MLC", "MLM", "MLU", "MPE"]).default("MCO"),
  /** Whether it is one of the test sellers that an application gets. */
  isTest: z.union([z.boolean(), z.stringbool()]).default(true),
  webhookUrl: z.url(),
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

/** `mode` decides the key of the signatures: it is empty in test mode. */
export const boldMerchantSchema = z.object({
  name: z.string().default("Comercio de prueba"),
  identityKey: z.string().min(1),
  secretKey: z.string().min(1),
  mode: z.enum(["test", "production"]).default("test"),
  webhookUrl: z.url(),
});

/** `callbackAt` takes the place of what the application says, but for its query. */
export const addiAllySchema = z.object({
  name: z.string().default("Comercio de prueba"),
  allySlug: z.string().min(1),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  callbackUser: z.string().min(1),
  callbackPassword: z.string().min(1),
  minAmount: z.coerce.number().default(50_000),
  maxAmount: z.coerce.number().default(20_000_000),
  callbackAt: z.url().optional(),
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
  mercadopago: z.object({ accounts: z.array(mercadopagoAccountSchema) }).default({ accounts: [demoMercadopagoAccount] }),
  stripe: z.object({ accounts: z.array(stripeAccountSchema) }).default({ accounts: [demoStripeAccount] }),
  addi: z.object({ allies: z.array(addiAllySchema) }).default({ allies: [demoAddiAlly] }),
  bold: z.object({ merchants: z.array(boldMerchantSchema) }).default({ merchants: [demoBoldMerchant] }),
  daily: z.object({ apiKey: z.string().min(1), domain: z.string().min(1) }).default(demoDaily),
  merchantServers: z.array(merchantServerSchema).default([demoMerchantServer]),
});

export type WompiMerchantConfig = z.output<typeof wompiMerchantSchema>;
export type MercadopagoAccountConfig = z.output<typeof mercadopagoAccountSchema>;
export type StripeAccountConfig = z.output<typeof stripeAccountSchema>;
export type AddiAllyConfig = z.output<typeof addiAllySchema>;
export type BoldMerchantConfig = z.output<typeof boldMerchantSchema>;
export type MerchantServerConfig = z.output<typeof merchantServerSchema>;
/** Everything is optional. The default: the demo's accounts, port 4400 and SMTP on the next one. */
export type SimulatorsConfig = z.input<typeof configSchema>;
