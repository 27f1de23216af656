import type { WompiMerchantConfig } from "../config.ts";
import type { Knobs } from "./knobs.ts";

export type Method = "CARD" | "NEQUI" | "PSE";

export type WompiMerchant = WompiMerchantConfig & { number: number; knobs: Knobs };

export type WompiTransaction = {
  id: string;
  publicKey: string;
  reference: string;
  amountInCents: number;
  currency: string;
  /** One of the documented statuses, or any word by the knob `unknownStatus`. */
  status: string;
  statusMessage: string | null;
  createdAt: string;
  finalizedAt: string | null;
  method: Method;
  redirectUrl: string | null;
  expirationTime: string | null;
  customer: { email: string | null; fullName: string | null; phoneNumber: string | null };
  refundedInCents: number;
  /** The number of API reads that still say PENDING (knob `apiLag`). */
  lagReadsLeft: number;
};

export type Attempt = { at: string; status: number | null; answer: string; milliseconds: number };

export type WompiEvent = {
  id: string;
  publicKey: string;
  transactionId: string;
  reference: string;
  status: string;
  url: string;
  body: string;
  checksum: string;
  sentAt: string;
  attempts: Attempt[];
  state: "waiting" | "delivered" | "retrying" | "exhausted";
  nextAttemptAt: string | null;
};

export type Refund = {
  id: string;
  publicKey: string;
  transactionId: string;
  amountInCents: number;
  reference: string;
  reason: string | null;
  status: "APPROVED" | "DECLINED" | "ERROR" | "CANCELLED";
  createdAt: string;
};
