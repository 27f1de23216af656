import type { PersonMailKind } from "#contracts/account-mails.ts";
import type { UnprovenFact } from "#domain/payment-provider.ts";
import type { RefundReason } from "#domain/refund-policy.ts";
import type { Role } from "#domain/roles.ts";
import type { Addressed, MailCustomer, ToCustomer } from "./addressed.ts";
import type { OrderMail } from "./orders/order-message.ts";

export { type MailCustomer, type MailLocale, type MailTenant, mailLocales } from "./addressed.ts";

export type MailBooking = {
  reference: string;
  serviceName: string;
  professionalName: string;
  start: string;
  end: string;
  place: MailPlace;
};
/** Null or empty is what the merchant has not said, and where an online appointment is. */
export type MailPlace = { where: string | null; directions: string | null; mapUrl: string | null; contact: string | null };

/** What comes back by when; after the last moment, nothing. */
export type MailTerms = { until: string; percentBack: number; backMinor: number }[];
/** To the service's questions. Personal ones are never in a mail. */
export type MailAnswer = { question: string; kind: "text" | "choice" | "yes_no"; answer: string };

/** What the customer may do without asking, and until when. It is null if they must ask. */
export type MailChange = { url: string; until: string } | null;
export type MailChanges = { move: MailChange; cancel: MailChange };

export type CustomerPaid = ToCustomer & {
  kind: "customer-paid";
  /** The money came after the countdown, and the time was still free. */
  isLate: boolean;
  booking: MailBooking;
  /** Zero for a free booking, and for one that is paid at the place. */
  amountPaidMinor: number;
  /** Zero unless something is left to pay at the place. */
  restDueMinor: number;
  currency: string;
  online: boolean;
  /** Carries the customer's token. Null until the room exists. */
  meetingUrl: string | null;
  bookingUrl: string;
  /** Null if the merchant has set none, or nothing was paid. */
  terms: MailTerms | null;
  changes: MailChanges;
};
export type ProfessionalPaid = Addressed & {
  kind: "professional-paid";
  booking: MailBooking;
  customer: MailCustomer;
  /** It costs nothing, so the mail does not mention a payment. */
  isFree: boolean;
  isOnSite: boolean;
  answers: MailAnswer[];
  online: boolean;
  /** Carries the host's token. */
  meetingUrl: string | null;
};
/** For a room that was made after the mails about the payment. */
export type CustomerRoom = ToCustomer & {
  kind: "customer-room";
  booking: MailBooking;
  meetingUrl: string;
  bookingUrl: string;
};
export type ProfessionalRoom = Addressed & { kind: "professional-room"; booking: MailBooking; meetingUrl: string };
export type ProfessionalInvitation = Addressed & {
  kind: "professional-invitation";
  professionalName: string;
  /** Lets its reader correct the professional's details until `expiresAt`. */
  url: string;
  expiresAt: string;
};
export type MerchantPaid = Addressed & {
  kind: "merchant-paid";
  booking: MailBooking;
  customer: MailCustomer;
  answers: MailAnswer[];
  amountPaidMinor: number;
  restDueMinor: number;
  currency: string;
};
/** From where to where a booking was moved. Where it is now, `booking` says. */
export type MailMove = { what: "time" | "professional" | "both"; fromStart: string; fromEnd: string; fromProfessionalName: string };
export type CustomerMoved = ToCustomer & {
  kind: "customer-moved";
  booking: MailBooking;
  move: MailMove;
  /** The customer moved it. */
  isOwn: boolean;
  /** What the move has changed about the price. Null if nothing, or if it was left. */
  money: { currency: string; priceMinor: number; asks: number; givesBack: number } | null;
  online: boolean;
  meetingUrl: string | null;
  bookingUrl: string;
  changes: MailChanges;
};
/** Some time before the appointment. */
export type CustomerReminder = ToCustomer & {
  kind: "customer-reminder";
  booking: MailBooking;
  restDueMinor: number;
  currency: string;
  online: boolean;
  meetingUrl: string | null;
  bookingUrl: string;
  changes: MailChanges;
};
/** To whoever has the booking now. */
export type ProfessionalMoved = Addressed & {
  kind: "professional-moved";
  booking: MailBooking;
  move: MailMove;
  customer: MailCustomer;
  answers: MailAnswer[];
  online: boolean;
  meetingUrl: string | null;
};
/** To whoever had it. `booking` is as they had it. */
export type ProfessionalHandedOver = Addressed & {
  kind: "professional-handed-over";
  booking: MailBooking;
  customerName: string;
  handedTo: string;
};
export type CustomerCancelled = ToCustomer & {
  kind: "customer-cancelled";
  booking: MailBooking;
  /** Null if nothing was paid, or a bank has taken it back. `beforeMinor` went back earlier. */
  money: { paidMinor: number; backMinor: number; beforeMinor: number } | null;
  currency: string;
  bookAgainUrl: string | null;
};
export type ProfessionalCancelled = Addressed & { kind: "professional-cancelled"; booking: MailBooking; customerName: string };
/** The customer tried to pay, and the time ended without money. */
export type CustomerUnpaid = ToCustomer & {
  kind: "customer-unpaid";
  booking: MailBooking;
  /** The bank never said no, so money may still come. */
  isUnanswered: boolean;
  bookAgainUrl: string;
};
/** The merchant made the booking and asks for its money. */
export type CustomerPaymentLink = ToCustomer & {
  kind: "customer-payment-link";
  booking: MailBooking;
  dueMinor: number;
  /** Zero unless something is left to pay at the place. */
  restDueMinor: number;
  currency: string;
  until: string;
  payUrl: string;
};
/** What a deposit has left: asked for, or paid. */
export type CustomerRest = ToCustomer & {
  kind: "customer-rest";
  isPaid: boolean;
  booking: MailBooking;
  amountMinor: number;
  currency: string;
  bookingUrl: string;
};
type Refund = {
  reason: RefundReason;
  /** What people say on the telephone about it. */
  number: string;
  reference: string;
  amountMinor: number;
  currency: string;
  providerName: string;
  /** Is null when the money belongs to no booking. */
  booking: MailBooking | null;
  /** Of a shop's order: its number, or null if the money bought nothing. */
  order?: { number: number | null } | undefined;
};
type RefundToCustomer = ToCustomer &
  Refund & {
    /** Set if the appointment stands, or may still be paid. */
    bookingUrl: string | null;
    bookAgainUrl: string | null;
  };
export type CustomerRefund = RefundToCustomer & {
  kind: "customer-refund";
  /** The deadline for sending the money back. */
  dueAt: string;
  /** Of a withdrawal, where its law is known. */
  legalDays: number | null;
  /** Somebody else has the time: others that are free, each with the way to it. */
  nextTimes: { start: string; url: string }[];
};
export type CustomerRefundDone = RefundToCustomer & {
  kind: "customer-refund-done";
  doneAt: string;
  providerReference: string;
  /** By what it went, because a card shows it later than a transfer. */
  went: "card" | "other" | "by_hand";
};
/** They were told that it came back, and it did not. */
export type CustomerRefundFailed = RefundToCustomer & { kind: "customer-refund-failed"; dueAt: string };
/** Made in the provider's own panel, and not by a case. */
export type CustomerOutsideRefund = ToCustomer &
  Pick<
    RefundToCustomer,
    "reference" | "amountMinor" | "currency" | "providerName" | "booking" | "order" | "bookingUrl" | "bookAgainUrl"
  > & {
    kind: "customer-outside-refund";
    step: "asked" | "done" | "failed";
    at: string;
    providerReference: string;
    isCard: boolean;
  };
export type MerchantRefund = Addressed &
  Refund & {
    kind: "merchant-refund";
    dueAt: string;
    customerName: string | null;
    providerChargeId: string;
    /**
     * `automatic`: the provider's API is asked first. `gave_up`: it was asked and could not.
     * `failed`: it was sent, and failed after all.
     */
    way: "automatic" | "gave_up" | "manual" | "failed";
    /** Set if only a signed event told of the charge: the facts outside its signature. */
    unproven: readonly UnprovenFact[] | null;
  };
/** Money that went back without us. */
export const reversalWords = ["voided", "refunding", "refunded", "partly_refunded", "disputed", "charged_back"] as const;
export type MerchantReversed = Addressed & {
  kind: "merchant-reversed";
  state: (typeof reversalWords)[number];
  /** Whether the merchant must say what shall become of the booking. */
  asks: boolean;
  /** Of a part that somebody sent in the provider's panel. Null if the provider does not say. */
  sentMinor: number | null;
  /** Null of a shop's order. */
  booking: MailBooking | null;
  order?: { number: number | null } | undefined;
  reference: string;
  customerName: string;
  amountMinor: number;
  currency: string;
  providerName: string;
  providerChargeId: string;
};
export type MerchantCallbackDisabled = Addressed & {
  kind: "merchant-callback-disabled";
  callbackUrl: string;
  failures: number;
  lastError: string;
};

/** About a person's own account. `tenant` is the product itself. */
export type AccountMail = Addressed & { kind: "account"; says: PersonMailKind | "existing"; email: string; url: string };
export type MemberInvitation = Addressed & { kind: "member-invitation"; invitedBy: string; role: Role; until: string; url: string };

/** To a member who has chosen to hear of it. No answers, and no ways to reach anybody. */
export const memberNoticeWords = [
  "paid",
  "moved",
  "cancelled",
  "refundManual",
  "refundFailed",
  "refundShort",
  "refundDueSoon",
  "refundDueToday",
  "refundOverdue",
  "disputeOpened",
  "disputeChanged",
  "disputeDueSoon",
  "disputeDueToday",
  "factsDiffer",
  "reversed",
  "callbackDisabled",
  "waits",
  "orderPaid",
  "orderCancelled",
  "stockLow",
] as const;
export type MemberNoticeWords = (typeof memberNoticeWords)[number];
/** `unsubscribeUrl` works without signing in. */
type ToMember = Addressed & { memberName: string; url: string; unsubscribeUrl: string };
export type MemberNotice = ToMember & {
  kind: "member-notice";
  says: MemberNoticeWords;
  booking: MailBooking | null;
  /** What else it is about: an order's number, or a product. */
  about?: string | null;
  customerName: string | null;
  refund: { amountMinor: number; currency: string; dueAt: string } | null;
};
/** Who comes on `day`. `more`: beyond the lines. */
export type MemberSummary = ToMember & {
  kind: "member-summary";
  day: string;
  lines: { start: string; service: string; professional: string; customer: string }[];
  more: number;
};

export type MailMessage =
  | CustomerPaid
  | ProfessionalPaid
  | CustomerRoom
  | ProfessionalRoom
  | ProfessionalInvitation
  | MerchantPaid
  | CustomerMoved
  | CustomerReminder
  | ProfessionalMoved
  | ProfessionalHandedOver
  | CustomerCancelled
  | ProfessionalCancelled
  | CustomerUnpaid
  | CustomerPaymentLink
  | CustomerRest
  | CustomerOutsideRefund
  | CustomerRefund
  | CustomerRefundDone
  | CustomerRefundFailed
  | MerchantRefund
  | MerchantReversed
  | MerchantCallbackDisabled
  | AccountMail
  | MemberInvitation
  | MemberNotice
  | MemberSummary
  | OrderMail;
