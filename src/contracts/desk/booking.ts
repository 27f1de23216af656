import { z } from "zod";
import { attendances, checkoutPaymentStatuses, checkoutStatuses } from "#domain/checkout-states.ts";
import { paymentStates } from "#domain/payment-states.ts";
import { refundReasons, refundStates } from "#domain/refund-policy.ts";
import { questionKinds } from "../answers.ts";
import { place } from "../checkout.ts";
import { deskDispute, outsideRefund } from "../ledger/disputes.ts";
import { auditEntry } from "../merchant/audit.ts";
import { cancellation } from "../service-terms.ts";
import { noteLengthMax, onSiteMethods } from "./limits.ts";

const id = z.uuid();
const instant = z.iso.datetime();
const minor = z.int().min(0);
const text = z.string().trim().min(1).max(noteLengthMax);

/** Who did something. `name` is a member’s or a key’s, else null. */
const actor = auditEntry.shape.actor;

export const deskRefundCase = z.object({
  id,
  /** What its customer says on the telephone. */
  number: z.string(),
  reason: z.enum(refundReasons),
  state: z.enum(refundStates),
  method: z.enum(["void", "refund", "manual"]).nullable(),
  amountMinor: minor,
  currency: z.string(),
  /** Until then somebody must have sent it. */
  dueAt: instant,
  attempts: z.int(),
  lastError: z.string().nullable(),
  proof: z.string().nullable(),
  /** The provider said that there was no money. */
  isWithdrawn: z.boolean(),
  createdAt: instant,
});

const charge = z.object({
  id,
  providerChargeId: z.string(),
  status: z.enum(paymentStates),
  /** The provider's own word. */
  providerStatus: z.string(),
  amountMinor: minor,
  /** What the customer added on the provider's page, beside the amount. */
  tipMinor: minor,
  currency: z.string(),
  method: z.string().nullable(),
  approvedAt: instant.nullable(),
  createdAt: instant,
  /** It is what paid the booking. */
  isWhatPaid: z.boolean(),
});

const payment = z.object({
  id,
  provider: z.string(),
  reference: z.string(),
  status: z.enum(paymentStates),
  amountMinor: minor,
  currency: z.string(),
  createdAt: instant,
  /** Of money that the reception took. */
  onSite: z.object({ method: z.enum(onSiteMethods), reference: z.string().nullable(), takenAt: instant, takenBy: actor }).nullable(),
  charges: z.array(charge),
});

const money = z.object({
  currency: z.string(),
  priceMinor: minor,
  chargeType: z.string(),
  /** What was asked before the appointment: the price, or its deposit. */
  amountMinor: minor,
  /** Of that, what the merchant was paid and no bank has taken back. */
  paidMinor: minor,
  /** Gone, or on its way back. */
  sentBackMinor: minor,
  /** Of it, not gone yet. */
  underWayMinor: minor,
  /** What may still be sent back. */
  leftMinor: minor,
  /** What the terms give back at this hour. Null if none were shown. */
  byTermsMinor: minor.nullable(),
  /** Of the price, what is paid at the place. */
  restMinor: minor,
});

export const deskBooking = z.object({
  id,
  /** Of the payment that paid, else of the newest. */
  reference: z.string().nullable(),
  status: z.enum(checkoutStatuses),
  paymentStatus: z.enum(checkoutPaymentStatuses),
  createdAt: instant,
  start: instant,
  end: instant,
  /** The tenant's, and that of the customer's browser if it is known. */
  timezone: z.string(),
  customerTimezone: z.string().nullable(),
  country: z.string(),
  /** The end of the customer's countdown. */
  holdEndsAt: instant,
  service: z.object({ id, name: z.string(), online: z.boolean() }),
  professional: z.object({ id, name: z.string() }),
  /** `phone` is null for who may not see it. */
  customer: z.object({ name: z.string(), email: z.string(), phone: z.string().nullable(), locale: z.string() }),
  /** Null until it is paid, and for who may not see customers. */
  customerId: id.nullable(),
  place: place.nullable(),
  /** Without anybody's key. */
  roomUrl: z.string().nullable(),
  attendance: z.enum(attendances).nullable(),
  attendedAt: instant.nullable(),
  money,
  /** The merchant made it. */
  byHand: z.boolean(),
  /** Another tool sold it and took the money: nothing is due or goes back here. */
  imported: z.boolean(),
  /** Of one that is made by hand and unpaid. Null for who may not change bookings. */
  paymentLink: z
    .object({
      url: z.url().describe("The customer's own page: whoever has it may pay and see the booking."),
      endsAt: instant,
      latestEndAt: instant.nullable().describe("The latest end that it may get now. Null if no time is left."),
    })
    .nullable(),
  /** What a deposit has left. Null if the whole price was asked for, or the booking is not paid. */
  rest: z
    .object({
      amountMinor: minor,
      state: z.enum(["open", "asked", "paid"]),
      paidAt: instant.nullable(),
      /** Of it, what may still be sent back: `of: rest` in POST /api/bookings/{id}/refunds. */
      leftMinor: minor,
      url: z.url().nullable().describe("The customer's page, where they pay what is asked for. Null for who may not change bookings."),
    })
    .nullable(),
  /** As they were shown before paying. */
  cancellation: cancellation.nullable(),
  backUntil: z.array(z.object({ until: instant, percentBack: z.int(), backMinor: minor })),
  /** `answer` is null for a personal one: GET /api/bookings/{id}/answers opens it. */
  answers: z.array(z.object({ question: z.string(), kind: z.enum(questionKinds), answer: z.string().nullable() })),
  link: z.object({ id, publicId: z.string(), name: z.string() }),
  campaign: z.record(z.string(), z.string()).nullable(),
  notes: z.array(z.object({ id, text: z.string(), at: instant, actor })),
  /** Null for who may not see payments. */
  payments: z.array(payment).nullable(),
  refundCases: z.array(deskRefundCase).nullable(),
  /** Sent back in the provider's panel. Null for who may not see payments. */
  outsideRefunds: z.array(outsideRefund).nullable(),
  /** Null for who may not see payments. */
  disputes: z.array(deskDispute).nullable(),
  /** Whose money the provider sends nowhere while a dispute stands. */
  disputeBlocks: z.array(z.enum(["booking", "rest"])),
  /** Days of the merchant's zone. `until`: the law's last day, or null if it is not known. */
  withdrawal: z.object({ boughtOn: z.iso.date(), today: z.iso.date(), until: z.iso.date().nullable() }),
  /** Money of it went back outside: whether it stands, `open` until somebody says. */
  reversalAnswer: z.enum(["open", "keep", "cancel"]).nullable(),
  /** What whoever asks may do now. */
  may: z.object({
    cancel: z.boolean(),
    refund: z.boolean(),
    answerReversal: z.boolean(),
    attend: z.boolean(),
    note: z.boolean(),
    resendMail: z.boolean(),
    /** Take at the desk what a customer has not paid. */
    takeOnSite: z.boolean(),
    askForRest: z.boolean(),
    refundRest: z.boolean(),
    enterRoom: z.boolean(),
    seeDeliveries: z.boolean(),
    changeDeliveries: z.boolean(),
  }),
  /** Why nobody may say now whether the customer came. */
  attendanceRefusal: z.enum(["booking_not_standing", "attendance_too_early", "attendance_settled"]).nullable(),
});
export type DeskBooking = z.infer<typeof deskBooking>;
export type DeskPayment = z.infer<typeof payment>;
export type DeskRefundCase = z.infer<typeof deskRefundCase>;

export const timeline = z.object({
  events: z.array(auditEntry.pick({ id: true, at: true, action: true, kind: true, actor: true, details: true })),
});
export type Timeline = z.infer<typeof timeline>;
export type TimelineEvent = Timeline["events"][number];

const followUp = z.object({
  id,
  job: z.string(),
  /** The event that it follows. */
  event: z.string(),
  state: z.enum(["waiting", "pending", "done", "attention", "skipped"]),
  attempts: z.int(),
  lastError: z.string().nullable(),
  /** Of one that is not over: its next try. */
  nextAt: instant.nullable(),
  doneAt: instant.nullable(),
  mayRunAgain: z.boolean(),
  /** Of a callback: what is sent, without its signature, and each attempt. */
  callback: z
    .object({
      sequence: z.int().nullable(),
      body: z.string().nullable(),
      attempts: z.array(
        z.object({
          at: instant,
          /** Without its query, which may hold a secret. */
          url: z.string(),
          status: z.int().nullable(),
          error: z.string().nullable(),
          durationMs: z.int(),
          answer: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
});
export type DeskFollowUp = z.infer<typeof followUp>;
export const deliveries = z.object({ followUps: z.array(followUp) });
export type Deliveries = z.infer<typeof deliveries>;

export const refundChoice = z.union([z.enum(["none", "by_terms", "full"]), z.strictObject({ amountMinor: z.int().min(1) })]);
export const bookingCancellation = z.strictObject({
  refund: refundChoice,
  /** Kept as a note. */
  reason: text.optional(),
  /** What the person saw when they decided. */
  seen: z.strictObject({ status: z.enum(checkoutStatuses), refundMinor: minor }).optional(),
});
export const bookingRefund = z.strictObject({
  amountMinor: z.int().min(1),
  /** `money.leftMinor`, or `rest.leftMinor`, when the person decided. */
  seenLeftMinor: minor,
  reason: z
    .enum(["requested", "withdrawal"])
    .default("requested")
    .describe("withdrawal: a right that the law gives the customer, with its own deadline. Not once the service has begun."),
  withdrawnOn: z.iso
    .date()
    .optional()
    .describe("Of a withdrawal: the day of the customer's word, in the merchant's zone. Default: today. The law counts from it."),
  of: z.enum(["booking", "rest"]).default("booking").describe("rest: of what was paid after the deposit."),
});
export const reversalAnswer = z.strictObject({ answer: z.enum(["keep", "cancel"]) });
export const bookingAttendance = z.strictObject({ attendance: z.enum(attendances).nullable() });
export const bookingNote = z.strictObject({ text });
export const hostLink = z.object({ url: z.url() });
