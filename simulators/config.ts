import { z } from "zod";
import { demoBoldMerchant, demoDaily, demoMerchantServer, demoPort, demoWompiMerchant } from "./demo-config.ts";

export const wompiMerchantSchema = z.object({
  name: z.string().default("Comercio de prueba"),
  publicKey: z.string().regex(/^pub_(test|prod)_\w+$/),
  privateKey: z.string().regex(/^prv_(test|prod)_\w+$/),
  eventsSecret: z.string().min(1),
  integritySecret: z.string().min(1),
  eventsUrl: z.url(),
});

/** `mode` decides the key of the signatures: it is empty in test mode. */
export const boldMerchantSchema = z.object({
  name: z.string().default("Comercio de prueba"),
  identityKey: z.string().min(1),
  secretKey: z.string().min(1),
  mode: z.enum(["test", "production"]).default("test"),
  webhookUrl: z.url(),
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
  bold: z.object({ merchants: z.array(boldMerchantSchema) }).default({ merchants: [demoBoldMerchant] }),
  daily: z.object({ apiKey: z.string().min(1), domain: z.string().min(1) }).default(demoDaily),
  merchantServers: z.array(merchantServerSchema).default([demoMerchantServer]),
});

export type WompiMerchantConfig = z.output<typeof wompiMerchantSchema>;
export type BoldMerchantConfig = z.output<typeof boldMerchantSchema>;
export type MerchantServerConfig = z.output<typeof merchantServerSchema>;
/** Everything is optional. The default: the demo's accounts, port 4400 and SMTP on the next one. */
export type SimulatorsConfig = z.input<typeof configSchema>;
