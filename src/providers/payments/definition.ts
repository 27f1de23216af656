import type { z } from "zod";
import type { ProviderFacts } from "#contracts/merchant/connections.ts";
import type { PaymentCapabilities, PaymentProvider, ReceivedEvent, SignedCharge, VerifyWebhook } from "#domain/payment-provider.ts";

export type ConnectionMode = "test" | "production";
/** `apiUrl` has no slash at the end. */
export type PaymentAddresses = { apiUrl: string; checkoutUrl: string };

/** Where there is a simulator: an account that anybody may open, so that a merchant can try. */
export type TestAccount = {
  newCredentials(): Record<string, string>;
  /** May be repeated. Throws ProviderFailure. */
  open(input: { simulatorsUrl: string; credentials: unknown; webhookUrl: string }): Promise<void>;
};

export type WebhookAnswer = { status: number; body: string; contentType?: string };

export type PaymentProviderDefinition = {
  /** Used in addresses and tables: `wompi`. */
  id: string;
  name: string;
  capabilities: PaymentCapabilities;
  /** For people. Null for what no merchant connects. */
  facts: ProviderFacts | null;
  /** The merchant types it in. Each field carries `CredentialMeta`, which draws the form. */
  credentialShape: z.ZodObject;
  /**
   * Whose account the credentials open, by what stays when its secrets are rotated; null if they do
   * not tell. A connection with payments keeps its account
   * (commands/connections/update-connection.ts).
   */
  accountOf(credentials: unknown): string | null;
  addresses: Record<ConnectionMode, PaymentAddresses>;
  /** Environment variables that replace an address by a simulator or proxy: `WOMPI_API_URL`. */
  addressVariables: { [address in keyof PaymentAddresses]?: string };
  /** The webhook's own headers, in lower case. The inbox keeps them beside the body. */
  webhookHeaders: readonly string[];
  /**
   * Reads our reference from an unverified delivery, only to choose which secret to try first. It
   * holds letters, digits and `_.:-` only: PostgreSQL cannot compare a NUL.
   */
  guessReference(text: string): string | null;
  testAccount?: TestAccount;
  /** Throws ProviderFailure `misconfigured` for malformed credentials or the wrong mode. */
  create(credentials: unknown, mode: ConnectionMode, addresses: PaymentAddresses): PaymentProvider;
  verifyWebhook: VerifyWebhook;
  /** Returns what the signature of a stored event proves; null if not even the id and status. */
  signedCharge(storedBody: string): SignedCharge | null;
  /**
   * The exact answer that the provider takes as "received". Sent only once the event is stored.
   * Some providers want their own bytes back.
   */
  webhookAnswer(event: ReceivedEvent, rawBody: Uint8Array): WebhookAnswer;
  /** Removes secrets, card data and personal data from whatever is logged or stored. */
  scrub(text: string): string;
};
