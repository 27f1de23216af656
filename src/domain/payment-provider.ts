import type { ChargeState } from "./payment-states.ts";

/** One charge at a provider in our words: minor units, ISO currency, our state. */
export type ChargeFact = {
  providerChargeId: string;
  reference: string;
  state: ChargeState;
  /** The provider's own word, kept for people. */
  providerStatus: string;
  amountMinor: number;
  currency: string;
  method: string | null;
  finalizedAt: Date | null;
  /**
   * Set if the provider says that the charge belongs to another account or environment than the
   * connection's. Most providers do not say it; then the key that was used is the proof.
   */
  foreign?: "account" | "environment";
};

export type StartPayment = {
  reference: string;
  amountMinor: number;
  currency: string;
  /** The end that the customer sees. Passed to the provider if it can expire a payment. */
  expiresAt: Date;
  returnUrl: string;
  description: string;
  locale: string;
  customer: { name: string; email: string; phone: string };
};

/** A verified webhook, before anything is decided. */
export type ReceivedEvent = {
  /** Unique per connection. The same delivery sent again has the same key. */
  eventKey: string;
  eventKind: string;
  /** If this is false, the event says nothing about money: it is stored and then ignored. */
  isAboutCharge: boolean;
  /** The signature itself proves that the charge is approved: its slot waits for the settling. */
  isApproval: boolean;
  reference: string | null;
  providerChargeId: string | null;
};

/** What a webhook says of a charge unknown to the API, and what its signature does not cover. */
export type SignedCharge = {
  providerChargeId: string;
  state: ChargeState;
  providerStatus: string;
  amountMinor: number;
  /** If it is null, the signature does not cover it and it must be the connection's. */
  currency: string | null;
  unproven: readonly UnprovenFact[];
};
export const unprovenFacts = ["amount", "currency", "reference"] as const;
export type UnprovenFact = (typeof unprovenFacts)[number];

/** Facts that the engine reads, each with code that reads it. */
export type PaymentCapabilities = {
  currencies: readonly string[];
  amountMinorMin: number;
  /** Amounts must be a multiple of this. Some providers refuse unused decimals. */
  amountMinorStep: number;
  /** Whether the provider can close an open page, at the end of the claim (close-payment.ts). */
  canCloseEarly: boolean;
  /** With `all`, settling trusts the event. Otherwise it asks the provider. */
  signatureCovers: "all" | "id_and_status" | "id_only" | "nothing";
  /** Whether money can be voided or refunded by API, also in part, and whether a repeat is safe. */
  refunds: { voidByApi: boolean; refundByApi: boolean; partial: boolean; idempotencyKey: boolean };
  /** Hours after the end of its page until polling and the clean-up give a payment up. */
  pendingHoursMax: number;
};

/** A payment of ours, as a provider is asked about it. */
export type KnownPayment = {
  reference: string;
  /** The provider's id for it (session, preference, link), if `start` returned one. */
  providerPaymentId: string | null;
  currency: string;
};

/** A row of a reply that cannot be read, or pages that were not read. It may be an approval. */
export type UnreadableRow = { providerChargeId: string | null; why: string };
/**
 * Rows are read one by one and pages are followed. `charges` are facts in any case. If `unreadable`
 * is not empty, the answer is not definite: a missing charge proves nothing, and `settle` throws.
 */
export type FoundCharges = { charges: ChargeFact[]; unreadable: UnreadableRow[] };

export type RefundRequest = {
  payment: KnownPayment | null;
  providerChargeId: string;
  amountMinor: number;
  currency: string;
  idempotencyKey: string;
  method: "void" | "refund";
};
/** `accepted`: observe the charge until it shows the refund. `refused`: try the next method. */
export type RefundAnswer = {
  result: "accepted" | "refused";
  /** The provider's id of the refund. It is kept with the case. */
  providerRefundId: string | null;
  providerStatus: string;
  detail: string | null;
  /** The answer itself is the end: some charges stay approved after a refund. Otherwise observe. */
  isFinal?: boolean;
};

/** `detail` is a code for the catalogues. `refused` is the field that is wrong, if one is. */
export type TestedCredentials = {
  ok: boolean;
  detail: string;
  refused: string | null;
  proven: readonly string[];
  unproven: readonly string[];
};

/** One file per provider implements this; one suite tests it. Throws ProviderFailure. */
export type PaymentProvider = {
  id: string;
  name: string;
  capabilities: PaymentCapabilities;
  /** Returns the provider's page, and the provider's id of the payment if it has one. */
  start(payment: StartPayment): Promise<{ checkoutUrl: string; providerPaymentId: string | null }>;
  /** All charges under our reference. An empty list means "none yet", not "not paid". */
  findCharges(payment: KnownPayment): Promise<FoundCharges>;
  /** Returns null if the provider has no such charge. */
  findCharge(providerChargeId: string): Promise<ChargeFact | null>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  /** Only with `canCloseEarly`. A payment that is `already_paid` must be settled. */
  close?(payment: KnownPayment): Promise<"closed" | "already_paid">;
  /** Tests the credentials. Fields by name: `unproven` are those that no call can check. */
  test(): Promise<TestedCredentials>;
};

/** Needs no network. Returns null if the delivery is not proven; then nothing is stored. */
export type VerifyWebhook = (input: { rawBody: Uint8Array; headers: Headers; url: URL; credentials: unknown }) => ReceivedEvent | null;
