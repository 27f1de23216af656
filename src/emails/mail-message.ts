import type { UnprovenFact } from "#domain/payment-provider.ts";
import type { RefundReason } from "#domain/refund-policy.ts";

export const mailLocales = ["es", "en", "fr", "pt"] as const;
export type MailLocale = (typeof mailLocales)[number];

/**
 * Instants are ISO 8601, amounts integer minor units, addresses absolute. People typed the names
 * and texts, so they may hold anything.
 */
export type MailTenant = { name: string; logoUrl: string | null; primaryColor: string };
export type MailBooking = { reference: string; serviceName: string; professionalName: string; start: string; end: string };
export type MailCustomer = { name: string; email: string; phone: string };

/** The mail tells its times in `timezone`, the tenant's. */
type Addressed = { locale: MailLocale; timezone: string; tenant: MailTenant };

export type CustomerPaid = Addressed & {
  kind: "customer-paid";
  customerName: string;
  booking: MailBooking;
  /** Zero for a free booking. */
  amountPaidMinor: number;
  /** Zero unless a deposit was paid. */
  restDueMinor: number;
  currency: string;
  online: boolean;
  /** Carries the customer's token. Null until the room exists. */
  meetingUrl: string | null;
  bookingUrl: string;
};
export type ProfessionalPaid = Addressed & {
  kind: "professional-paid";
  booking: MailBooking;
  customer: MailCustomer;
  /** Nothing was due, so the mail does not mention a payment. */
  isFree: boolean;
  online: boolean;
  /** Carries the host's token. */
  meetingUrl: string | null;
};
/** For a room that was made after the mails about the payment. */
export type CustomerRoom = Addressed & {
  kind: "customer-room";
  customerName: string;
  booking: MailBooking;
  meetingUrl: string;
  bookingUrl: string;
};
export type ProfessionalRoom = Addressed & { kind: "professional-room"; booking: MailBooking; meetingUrl: string };
export type MerchantPaid = Addressed & {
  kind: "merchant-paid";
  booking: MailBooking;
  customer: MailCustomer;
  amountPaidMinor: number;
  restDueMinor: number;
  currency: string;
  dashboardUrl: string;
};
export type CustomerCancelled = Addressed & {
  kind: "customer-cancelled";
  customerName: string;
  booking: MailBooking;
  /** Is null when nothing is refunded. */
  refundAmountMinor: number | null;
  currency: string;
  bookAgainUrl: string | null;
};
export type ProfessionalCancelled = Addressed & { kind: "professional-cancelled"; booking: MailBooking; customerName: string };
type RefundMail = Addressed & {
  reason: RefundReason;
  reference: string;
  amountMinor: number;
  currency: string;
  providerName: string;
  /** The deadline for sending the money back. */
  dueAt: string;
  customerName: string | null;
  /** Is null when the money belongs to no booking. */
  booking: MailBooking | null;
};
export type CustomerRefund = RefundMail & { kind: "customer-refund"; bookAgainUrl: string | null };
export type MerchantRefund = RefundMail & {
  kind: "merchant-refund";
  providerChargeId: string;
  /** The provider's API can return money, which is tried first. */
  automatic: boolean;
  /** Set if only a signed event told of the charge: the facts outside its signature. */
  unproven: readonly UnprovenFact[] | null;
  caseUrl: string;
};
/** Money that went back without us. */
export const reversalWords = ["voided", "refunding", "refunded", "partly_refunded", "disputed", "charged_back"] as const;
export type MerchantReversed = Addressed & {
  kind: "merchant-reversed";
  state: (typeof reversalWords)[number];
  /** Whether the merchant must say what shall become of the booking. */
  asks: boolean;
  booking: MailBooking;
  customerName: string;
  amountMinor: number;
  currency: string;
  providerName: string;
  providerChargeId: string;
  answerUrl: string;
};
export type MerchantCallbackDisabled = Addressed & {
  kind: "merchant-callback-disabled";
  callbackUrl: string;
  failures: number;
  lastError: string;
  settingsUrl: string;
};

export type MailMessage =
  | CustomerPaid
  | ProfessionalPaid
  | CustomerRoom
  | ProfessionalRoom
  | MerchantPaid
  | CustomerCancelled
  | ProfessionalCancelled
  | CustomerRefund
  | MerchantRefund
  | MerchantReversed
  | MerchantCallbackDisabled;
