import type { StripeAccountConfig } from "../config.ts";
import type { Knobs } from "./knobs.ts";

export type StripeAccount = StripeAccountConfig & { knobs: Knobs };

/** `card` is decided at once. `oxxo` is a voucher that is paid days later. */
export type Method = "card" | "oxxo";

export type Session = {
  id: string;
  accountId: string;
  status: "open" | "complete" | "expired";
  paymentStatus: "paid" | "unpaid";
  amountTotal: number;
  currency: string;
  itemName: string;
  clientReferenceId: string | null;
  metadata: Record<string, string>;
  intentMetadata: Record<string, string>;
  intentDescription: string | null;
  customerEmail: string | null;
  locale: string | null;
  successUrl: string;
  cancelUrl: string | null;
  created: number;
  expiresAt: number;
  excludedMethods: string[];
  intentId: string | null;
  url: string;
};

export type Intent = {
  id: string;
  accountId: string;
  amount: number;
  currency: string;
  /** One of the documented statuses, or any word by the knob `unknownStatus`. */
  status: string;
  metadata: Record<string, string>;
  description: string | null;
  method: Method;
  created: number;
  canceledAt: number | null;
  lastError: { code: string; declineCode: string; message: string } | null;
  chargeId: string | null;
  sessionId: string | null;
  /** The number of API reads that still say `processing` (knob `apiLag`). */
  lagReadsLeft: number;
};

export type Charge = {
  id: string;
  accountId: string;
  intentId: string;
  amount: number;
  amountRefunded: number;
  currency: string;
  status: "succeeded" | "failed";
  disputed: boolean;
  created: number;
  method: Method;
  cardLast4: string;
  balanceTransactionId: string | null;
  failure: Intent["lastError"];
};

export type Refund = {
  id: string;
  accountId: string;
  chargeId: string;
  intentId: string;
  amount: number;
  currency: string;
  status: "pending" | "requires_action" | "succeeded" | "failed" | "canceled";
  pendingReason: string | null;
  failureReason: string | null;
  reason: string | null;
  metadata: Record<string, string>;
  created: number;
};

export type Dispute = {
  id: string;
  accountId: string;
  chargeId: string;
  intentId: string;
  amount: number;
  currency: string;
  status: string;
  reason: string;
  isRefundable: boolean;
  dueBy: number;
  balanceTransactionIds: string[];
  created: number;
};

export type BalanceTransaction = {
  id: string;
  accountId: string;
  amount: number;
  fee: number;
  currency: string;
  type: "charge" | "refund" | "refund_failure" | "adjustment" | "payment";
  source: string;
  created: number;
  availableOn: number;
};

export type Attempt = { at: string; status: number | null; answer: string; milliseconds: number; signature: string };

export type StripeEvent = {
  /** Of this delivery. Copies of an event share `eventId`. */
  id: string;
  eventId: string;
  accountId: string;
  type: string;
  /** The payment intent that it is about, or nothing. */
  intentId: string | null;
  reference: string | null;
  body: string;
  secrets: string[];
  signature: "right" | "wrong";
  url: string;
  created: number;
  attempts: Attempt[];
  state: "waiting" | "delivered" | "retrying" | "exhausted";
  nextAttemptAt: string | null;
};

/** Of the idempotency store. Without an answer, the first request is still at work. */
export type KeptAnswer = { fingerprint: string; at: number; answer: { status: number; body: object } | null };
