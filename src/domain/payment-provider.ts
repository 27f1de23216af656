import type { ChargeState } from "./payment-states.ts";

/** What one charge at a provider looks like, in our words: integer minor units, ISO currency, our state. */
export type ChargeFact = {
  providerChargeId: string;
  reference: string;
  state: ChargeState;
  /** The provider's own word, kept for people. */
  providerStatus: string;
  amountMinor: number;
  currency: string;
  /** The provider's account and environment that the fact belongs to are those of the connection it was asked with. */
  method: string | null;
  finalizedAt: Date | null;
};

export type StartPayment = {
  reference: string;
  amountMinor: number;
  currency: string;
  /** The end that the customer sees; given to the provider where it can expire a payment. */
  expiresAt: Date;
  /** Where the customer comes back. */
  returnUrl: string;
  description: string;
  locale: string;
  customer: { name: string; email: string; phone: string };
};

/** A verified webhook, before anything is decided. */
export type ReceivedEvent = {
  /** Unique per connection: the same delivery again has the same key. */
  eventKey: string;
  eventKind: string;
  /** False for kinds that say nothing about money: stored, then ignored. */
  isAboutCharge: boolean;
  reference: string | null;
  providerChargeId: string | null;
};

/** What a verified webhook says of a charge, and which of it its signature does not cover. Only for a charge that the provider's API does not know. */
export type SignedCharge = {
  providerChargeId: string;
  state: ChargeState;
  providerStatus: string;
  amountMinor: number;
  /** Null: not covered, so it must be the connection's. */
  currency: string | null;
  unproven: readonly UnprovenFact[];
};
export const unprovenFacts = ["amount", "currency", "reference"] as const;
export type UnprovenFact = (typeof unprovenFacts)[number];

/** Facts about a provider; the engine chooses from them and the dashboard explains them. Source: providers.md §10. */
export type PaymentCapabilities = {
  currencies: readonly string[];
  amountMinorMin: number;
  /** Amounts must be a multiple of this (Wompi refuses real cents for COP). */
  amountMinorStep: number;
  canExpirePayment: boolean;
  canCancelPending: boolean;
  canLookUpByReference: boolean;
  /** What the webhook's signature covers: `all` lets settle trust the event; otherwise it asks the provider. */
  signatureCovers: "all" | "id_and_status" | "id_only" | "nothing";
  /** How money goes back: by API the same day, by API later, or by a person. */
  refunds: { voidByApi: boolean; refundByApi: boolean; partial: boolean; idempotencyKey: boolean };
  /** Hours after which a pending payment can no longer turn into an approval. */
  pendingHoursMax: number;
  /** Seconds between the provider's own deliveries of an unanswered webhook. */
  webhookRetrySeconds: readonly number[];
};

export type RefundRequest = {
  providerChargeId: string;
  amountMinor: number;
  currency: string;
  idempotencyKey: string;
  method: "void" | "refund";
};
/** `accepted`: the money goes back; observe until the charge says so. `refused`: this way is closed, try the next or a person. */
export type RefundAnswer = {
  result: "accepted" | "refused";
  providerStatus: string;
  detail: string | null;
  /** True: the answer itself proves the end, and the charge may never show it (Wompi's stays APPROVED after a refund). Else observe. */
  isFinal?: boolean;
};

/** One file per provider implements this; a shared suite holds all of them to it. Errors: ProviderFailure. */
export type PaymentProvider = {
  id: string;
  name: string;
  capabilities: PaymentCapabilities;
  /** The address of the provider's page for this attempt. */
  start(payment: StartPayment): Promise<{ checkoutUrl: string }>;
  /** Every charge that the provider knows under our reference; an empty list means "none yet", not "not paid". */
  findCharges(reference: string): Promise<ChargeFact[]>;
  /** One charge by the provider's id; null if there is none. */
  findCharge(providerChargeId: string): Promise<ChargeFact | null>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  /** Proves what can be proven of the credentials; says in `unproven` what no call can check. */
  test(): Promise<{ ok: boolean; detail: string; unproven: readonly string[] }>;
};

/** Verification needs no network and comes first. Null is a "no": nothing is stored. */
export type VerifyWebhook = (input: { rawBody: Uint8Array; headers: Headers; url: URL; credentials: unknown }) => ReceivedEvent | null;
