import { z } from "zod";
import type { PaymentCapabilities, PaymentProvider, ReceivedEvent, SignedCharge, VerifyWebhook } from "#domain/payment-provider.ts";
import type { Env } from "#platform/env.ts";

export type ConnectionMode = "test" | "production";
/** Without a slash at the end of `apiUrl`. */
export type PaymentAddresses = { apiUrl: string; checkoutUrl: string };

export type PaymentProviderDefinition = {
  /** In addresses and tables: `wompi`. */
  id: string;
  name: string;
  capabilities: PaymentCapabilities;
  /** What the merchant types in; each field carries `CredentialMeta`, so that the form is drawn from here. */
  credentialShape: z.ZodObject;
  addresses: Record<ConnectionMode, PaymentAddresses>;
  /** Where the simulator (or a proxy) is, if the environment says so. */
  addressOverrides(env: Env): { [address in keyof PaymentAddresses]?: string | undefined };
  /** Throws ProviderFailure `misconfigured` if the credentials do not parse, do not belong together or not to the mode. */
  create(credentials: unknown, mode: ConnectionMode, addresses: PaymentAddresses): PaymentProvider;
  verifyWebhook: VerifyWebhook;
  /** What the signature of a stored event (verified and scrubbed then) proves of its charge by itself; null: not even id and status. */
  signedCharge(storedBody: string): SignedCharge | null;
  /** The exact answer that the provider takes for "received". To be sent only once the event is stored. */
  webhookAnswer(event: ReceivedEvent): { status: number; body: string };
  /** Without secrets, card data and the customer's personal data: for whatever is logged or stored. */
  scrub(text: string): string;
};

export type CredentialMeta = { labelKey: string; secret: boolean; example: string };
export type CredentialField = CredentialMeta & { name: string };

const credentialMeta = z.object({ labelKey: z.string(), secret: z.boolean(), example: z.string() });

/** One field of a credential form. `labelKey` is a key of the message catalogue. */
export function credential(pattern: RegExp, meta: CredentialMeta) {
  return z.string().trim().max(200).regex(pattern).meta(meta);
}

export function credentialFields(shape: z.ZodObject): CredentialField[] {
  return Object.entries(shape.shape).map(([name, field]) => ({ name, ...credentialMeta.parse(z.globalRegistry.get(field)) }));
}
