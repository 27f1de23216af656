import type { z } from "zod";
import type { PaymentCapabilities, PaymentProvider, ReceivedEvent, SignedCharge, VerifyWebhook } from "#domain/payment-provider.ts";

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
  /**
   * Whose account the credentials open, by what stays when its secrets are rotated; null if they do not tell. A connection
   * with payments keeps its account (commands/connections/update-connection.ts).
   */
  accountOf(credentials: unknown): string | null;
  addresses: Record<ConnectionMode, PaymentAddresses>;
  /** Environment variables that put a simulator (or a proxy) in the place of an address: `WOMPI_API_URL`. */
  addressVariables: { [address in keyof PaymentAddresses]?: string };
  /** The webhook's own headers that the inbox keeps beside its body. In lower case. */
  webhookHeaders: readonly string[];
  /**
   * Our reference in the body of a delivery that is not verified yet. It chooses whose secret is tried first; nothing is
   * trusted. Letters, digits and `_.:-` only: PostgreSQL cannot compare a NUL.
   */
  guessReference(text: string): string | null;
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
