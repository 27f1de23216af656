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
  method: string | null;
  finalizedAt: Date | null;
  /**
   * Only if the provider says that it belongs to another account or environment than the connection's. Most do not say; then
   * the key that it was asked with is the proof.
   */
  foreign?: "account" | "environment";
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

/**
 * Facts about a provider that the engine asks. A capability stands here only together with the code that reads it. Source: providers.md §10.
 */
export type PaymentCapabilities = {
  currencies: readonly string[];
  amountMinorMin: number;
  /** Amounts must be a multiple of this: some providers refuse cents that exist on paper only. */
  amountMinorStep: number;
  /** Whether an open payment page can be closed at the provider: done when the claim ends (commands/payments/close-payment.ts). */
  canCloseEarly: boolean;
  /** What the webhook's signature covers. With `all`, settling trusts the event; otherwise it asks the provider. */
  signatureCovers: "all" | "id_and_status" | "id_only" | "nothing";
  /** How money goes back: by API the same day, by API later, or by a person; whether a part of a charge may; whether a repeat is safe. */
  refunds: { voidByApi: boolean; refundByApi: boolean; partial: boolean; idempotencyKey: boolean };
  /** Hours after the end of its page in which a pending payment may still be approved. Polling and the clean-up keep to it. */
  pendingHoursMax: number;
};

/** A payment of ours, as a provider is asked about it. */
export type KnownPayment = {
  reference: string;
  /** What the provider calls it (session, preference, link), if `start` said so. */
  providerPaymentId: string | null;
  currency: string;
};

/** A row of the provider's answer that makes no sense to us, or rows that it kept back. It may be an approval. */
export type UnreadableRow = { providerChargeId: string | null; why: string };
/**
 * Rows are read one by one, and pages are followed. If `unreadable` is empty, `charges` is all that the provider knows. Else
 * each of them is still a fact, but what is missing is unknown: the answer is no definite one (`settle` throws after them).
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
/** `accepted`: the money goes back; observe until the charge says so. `refused`: this way is closed, try the next or a person. */
export type RefundAnswer = {
  result: "accepted" | "refused";
  /** What the provider calls the refund; kept with the case. */
  providerRefundId: string | null;
  providerStatus: string;
  detail: string | null;
  /** True: the answer itself proves the end, and the charge may never show it (some stay approved after a refund). Else observe. */
  isFinal?: boolean;
};

/** One file per provider implements this; a shared suite holds all of them to it. Errors: ProviderFailure. */
export type PaymentProvider = {
  id: string;
  name: string;
  capabilities: PaymentCapabilities;
  /** The address of the provider's page for this attempt, and what the provider calls the payment, if it calls it anything. */
  start(payment: StartPayment): Promise<{ checkoutUrl: string; providerPaymentId: string | null }>;
  /** Every charge that the provider knows under our reference; none means "none yet", not "not paid". */
  findCharges(payment: KnownPayment): Promise<FoundCharges>;
  /** One charge by the provider's id; null if there is none. */
  findCharge(providerChargeId: string): Promise<ChargeFact | null>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  /** Closes the payment's page. Only with `canCloseEarly`. `already_paid`: settle it, the payment wins. */
  close?(payment: KnownPayment): Promise<"closed" | "already_paid">;
  /** Proves what can be proven of the credentials; says in `unproven` what no call can check. */
  test(): Promise<{ ok: boolean; detail: string; unproven: readonly string[] }>;
};

/** Verification needs no network and comes first. Null is a "no": nothing is stored. */
export type VerifyWebhook = (input: { rawBody: Uint8Array; headers: Headers; url: URL; credentials: unknown }) => ReceivedEvent | null;
