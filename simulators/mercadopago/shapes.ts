import type { MercadopagoAccountConfig } from "../config.ts";
import type { Knobs } from "./knobs.ts";

/** `userId` is the last part of the access token, as in real ones. */
export type MpAccount = MercadopagoAccountConfig & { userId: string; knobs: Knobs };

/** Only what the page and its payments need. `sent` is the request, which the API echoes. */
export type Preference = {
  id: string;
  userId: string;
  createdAt: string;
  title: string;
  amount: number;
  currency: string;
  reference: string | null;
  notificationUrl: string | null;
  backUrls: { success?: string | undefined; pending?: string | undefined; failure?: string | undefined };
  autoReturn: boolean;
  binaryMode: boolean;
  excludedTypes: string[];
  expires: boolean;
  expirationDateTo: string | null;
  dateOfExpiration: string | null;
  metadata: Record<string, unknown>;
  payer: { name: string | null; email: string | null };
  sent: Record<string, unknown>;
};

export const methods = ["card", "pse", "efecty", "wallet"] as const;
export type Method = (typeof methods)[number];
/** `payment_method_id` and `payment_type_id` */
export const methodIds: Record<Method, [string, string]> = {
  card: ["visa", "credit_card"],
  pse: ["pse", "bank_transfer"],
  efecty: ["efecty", "ticket"],
  wallet: ["account_money", "account_money"],
};

export type MpRefund = {
  id: string;
  amount: number;
  status: "approved" | "in_process" | "rejected";
  createdAt: string;
  /** `collector` asked for it, or `admin`: Mercado Pago itself. */
  source: "collector" | "admin";
};

export type Chargeback = {
  id: string;
  paymentId: string;
  amount: number;
  documentation: "pending" | "valid" | "invalid";
  createdAt: string;
};

export type MpPayment = {
  id: string;
  userId: string;
  preferenceId: string | null;
  reference: string | null;
  amount: number;
  currency: string;
  /** One of the documented words, or any by the knob `unknownStatus`. */
  status: string;
  statusDetail: string;
  method: Method;
  createdAt: string;
  approvedAt: string | null;
  updatedAt: string;
  expiresAt: string | null;
  notificationUrl: string | null;
  binaryMode: boolean;
  metadata: Record<string, unknown>;
  payer: Preference["payer"];
  refunds: MpRefund[];
  /** The number of API reads that still say pending (knob `apiLag`). */
  lagReadsLeft: number;
  /** The number of searches that do not show it yet (knob `searchLag`). */
  hiddenSearchesLeft: number;
};

export type Attempt = { at: string; status: number | null; answer: string; milliseconds: number };

export type Notice = {
  id: string;
  userId: string;
  paymentId: string;
  reference: string | null;
  status: string;
  url: string;
  body: string;
  /** Empty if it is not signed at all. */
  signature: string;
  requestId: string;
  sentAt: string;
  attempts: Attempt[];
  state: "waiting" | "delivered" | "retrying" | "exhausted";
  nextAttemptAt: string | null;
};
