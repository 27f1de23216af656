import type { DeclineReason } from "./choice/decline-reasons.ts";
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
  /** Of a declined one: why, in our words. Left out if the provider does not say. */
  declineReason?: DeclineReason;
  /** What the customer added on the provider's page, beside `amountMinor` and not a part of it. */
  tipMinor?: number;
  /** Left out if the provider does not say. Sums and states by part, ours and the panel's. */
  refunds?: readonly RefundFact[];
  /** Of each dispute or inquiry so far. Left out if the provider does not say. */
  disputes?: readonly DisputeFact[];
  /** Left out if the provider does not say. */
  payout?: PayoutFact;
  /**
   * Set if the provider says that the charge belongs to another account or environment than the
   * connection's. Most providers do not say it; then the key that was used is the proof.
   */
  foreign?: "account" | "environment";
};

/** Money of a charge that goes back, whoever sent it. */
export type RefundFact = {
  providerRefundId: string;
  amountMinor: number;
  /** `pending` counts as spent. `short_of_balance`: the merchant must top up the account first. */
  state: "pending" | "short_of_balance" | "done" | "failed";
  providerStatus: string;
  at: Date | null;
  /** Of the request that made it, if the provider keeps it. It tells ours from others. */
  idempotencyKey: string | null;
};

/**
 * An `inquiry` takes no money yet, and refunding is the right answer to it. `lost`: the money stays
 * with the customer.
 */
export type DisputeFact = {
  providerDisputeId: string;
  kind: "inquiry" | "dispute";
  state: "needs_response" | "under_review" | "won" | "lost";
  providerStatus: string;
  amountMinor: number;
  /** What the provider takes for it, on top. Null if it does not say. */
  feeMinor: number | null;
  /** In the provider's word. */
  reason: string | null;
  evidenceDueAt: Date | null;
  /** Whether the provider still takes a refund of the charge. */
  isRefundable: boolean;
};

/** What arrives of a charge, and when. Null where the provider does not say. */
export type PayoutFact = { feeMinor: number | null; netMinor: number | null; arrivesAt: Date | null };

export type StartPayment = {
  reference: string;
  amountMinor: number;
  currency: string;
  /** The end that the customer sees. Passed to the provider if it can expire a payment. */
  expiresAt: Date;
  returnUrl: string;
  /** Of this connection. For providers that are told of it with each payment. */
  webhookUrl: string;
  description: string;
  locale: string;
  /** `document` only where `asksFor` names it. It is passed on and never stored. */
  customer: { name: string; email: string; phone: string; document: CustomerDocument | null };
  /** Methods that take hours or days are offered only if the end can be honoured. */
  mayBeSlow: boolean;
  /** Of an order's checkout: the provider keeps it with the payment. */
  sessionToken: string | null;
};

/** `type` is the provider's own word, such as `CC`. */
export type CustomerDocument = { type: string; number: string };

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
  /** Beside `amountMinor` and not a part of it, as in `ChargeFact`. */
  tipMinor?: number;
  /** As in `ChargeFact`. */
  declineReason?: DeclineReason;
  unproven: readonly UnprovenFact[];
};
export const unprovenFacts = ["amount", "currency", "reference"] as const;
export type UnprovenFact = (typeof unprovenFacts)[number];

/** Facts that the engine reads, each with code that reads it. */
export type PaymentCapabilities = {
  /** By currency. Others are not taken. */
  amounts: Readonly<Record<string, AmountLimits>>;
  /** Whose merchants may have an account, by ISO 3166; null for all. */
  countries: readonly string[] | null;
  /** What a customer must show to pay here; the page of details asks for it. */
  asksFor: readonly "document"[];
  /** How a payment is found again. With `none`, only its webhooks tell of it. */
  lookup: "by_reference" | "by_payment_id" | "none";
  /** A page stays open at least so long. With `canCloseEarly` it is closed when the claim ends. */
  pageMinutesMin: number;
  /**
   * Whether the provider can close an open page. It is closed before its capacity is let go, and
   * when another page takes its place (commands/payments/close-page.ts).
   */
  canCloseEarly: boolean;
  /** It shows a charge so long after it was paid at most. No earlier answer is a definite no. */
  answerLagMinutes?: number;
  /** With `all`, settling trusts the event. Otherwise it asks the provider. */
  signatureCovers: "all" | "id_and_status" | "id_only" | "nothing";
  /** Whether money can be voided or refunded by API, also in part, and whether a repeat is safe. */
  refunds: { voidByApi: boolean; refundByApi: boolean; partial: boolean; idempotencyKey: boolean };
  /** Hours after the end of its page until polling and the clean-up give a payment up. */
  pendingHoursMax: number;
};

/** Minor units. `stepMinor`: some providers refuse unused decimals. */
export type AmountLimits = { minMinor: number; maxMinor: number | null; stepMinor: number };

export function takesAmount({ amounts }: Pick<PaymentCapabilities, "amounts">, money: { amountMinor: number; currency: string }): boolean {
  const limits = Object.hasOwn(amounts, money.currency) ? amounts[money.currency] : undefined;
  if (!limits || !Number.isSafeInteger(money.amountMinor)) return false;
  const { minMinor, maxMinor, stepMinor } = limits;
  return money.amountMinor >= minMinor && money.amountMinor <= (maxMinor ?? money.amountMinor) && money.amountMinor % stepMinor === 0;
}

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
  /** What this account takes, if the provider says it: then within the capabilities' limits. */
  amounts?: Readonly<Record<string, AmountLimits>>;
};

/** One file per provider implements this; one suite tests it. Throws ProviderFailure. */
export type PaymentProvider = {
  id: string;
  name: string;
  capabilities: PaymentCapabilities;
  /** Returns the provider's page, and the provider's id of the payment if it has one. */
  start(payment: StartPayment): Promise<{ checkoutUrl: string; providerPaymentId: string | null }>;
  /**
   * All charges under our reference. An empty list means "none yet", not "not paid". With `lookup:
   * none` the answer is never definite and `findCharge` throws: the engine need not ask.
   */
  findCharges(payment: KnownPayment): Promise<FoundCharges>;
  /** Returns null if the provider has no such charge. */
  findCharge(providerChargeId: string): Promise<ChargeFact | null>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  /**
   * Only with `canCloseEarly`. `closed`: nothing was paid, and nothing can be paid any more, also
   * where it was closed before. `already_paid`: it cannot be closed any more, and must be settled.
   */
  close?(payment: KnownPayment): Promise<"closed" | "already_paid">;
  /** Tests the credentials. Fields by name: `unproven` are those that no call can check. */
  test(): Promise<TestedCredentials>;
};

/** `mode` is the connection's. Without it, what only holds in test mode does not hold. */
export type WebhookDelivery = {
  rawBody: Uint8Array;
  headers: Headers;
  url: URL;
  credentials: unknown;
  mode?: "test" | "production";
};

/** Needs no network. Returns null if the delivery is not proven; then nothing is stored. */
export type VerifyWebhook = (input: WebhookDelivery) => ReceivedEvent | null;
