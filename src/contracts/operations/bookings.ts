import { z } from "zod";
import { bookingRequest, bookingState, checkoutAnswer, ownCancellation, ownMove, paymentRequest } from "../checkout.ts";
import {
  bookingAnswerExample,
  bookingEventExample,
  bookingRequestExample,
  bookingStateExample,
  paymentRequestExample,
  unheldBookingRequestExample,
} from "./examples.ts";
import { customerChange, customerRead, described, json, type Operation } from "./operation.ts";
import { linkRefusals } from "./slots.ts";

const booking = described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown");
const tokenWords = "The booking's token, from POST /api/bookings.";
const maybeToken = described(
  z.object({ token: z.string().optional() }),
  { token: `${tokenWords} Or the session that made it.` },
  "checkout_unknown",
);
/** A wrong token, a missing token and an unknown id get the same answer. */
const ofBooking = {
  ...customerRead,
  params: booking,
  query: described(z.object({ token: z.string() }), { token: tokenWords }, "checkout_unknown"),
} as const;
/** Only the token proves whose booking it is: a session may be shared. */
const ofOwnBooking = {
  tag: "checkout",
  callers: ["customer"],
  isSameSite: true,
  limit: "changes",
  params: booking,
  query: ofBooking.query,
} as const;
const payingRefusals = [
  "too_many_payments",
  "provider_not_offered",
  "amount_not_payable",
  "document_required",
  "already_paid",
  "provider_unavailable",
] as const;

/** From the hold to the payment page, and what the booking's page shows. */
export const bookingOperations = [
  {
    ...customerChange,
    id: "createBooking",
    methods: ["post"],
    path: "/api/bookings",
    summary: "Go to the payment page with a hold (or, under first_payer_wins, with a slot)",
    limit: "payments",
    takesKey: "maybe_alone",
    takesVisit: true,
    body: bookingRequest,
    bodyExamples: { withHold: bookingRequestExample, firstPayerWins: unheldBookingRequestExample },
    answer: json(
      201,
      checkoutAnswer,
      "Send the customer to checkoutUrl. The booking is not real until it is paid. A live hold keeps the price, deposit, length and policy of the moment when it was taken, and they are what is asked for. With `seen`, a request that was shown anything else is refused as price_changed; the problem holds the offer to show. If the amount due is 0, no provider is needed: the booking is paid at once, and checkoutUrl leads to the booking's own page.",
      bookingAnswerExample,
    ),
    refusals: [
      ...linkRefusals,
      "hold_unknown",
      "hold_expired",
      "slot_not_offered",
      "slot_taken",
      "price_changed",
      "customer_blocked",
      "full_payment_only",
      "phone_invalid",
      "email_unsendable",
      ...payingRefusals,
    ],
  },
  {
    ...customerChange,
    id: "createPayment",
    methods: ["post"],
    path: "/api/bookings/{id}/payments",
    summary: "Pay what the merchant asks for, or try again, while the hold is live",
    limit: "payments",
    takesKey: "beside_proof",
    params: booking,
    query: maybeToken,
    body: paymentRequest,
    bodyExamples: { payment: paymentRequestExample },
    answer: json(201, checkoutAnswer, "A new payment with a new reference. The end does not move.", bookingAnswerExample),
    refusals: ["checkout_closed", "terms_not_accepted", "slot_taken", "customer_blocked", ...payingRefusals],
  },
  {
    ...ofOwnBooking,
    id: "cancelOwnBooking",
    methods: ["post"],
    path: "/api/bookings/{id}/own-cancellation",
    summary: "Cancel a paid booking, as its customer",
    body: ownCancellation,
    bodyExamples: { cancellation: { backMinor: 6_000_000 } },
    answer: json(
      200,
      bookingState,
      "The time is free at once. What the terms that were shown before paying give back at this moment goes back, and the answer tells how. A repeat changes nothing.",
      bookingStateExample,
    ),
    refusals: ["own_change_closed", "changed_meanwhile"],
  },
  {
    ...ofOwnBooking,
    id: "moveOwnBooking",
    methods: ["post"],
    path: "/api/bookings/{id}/own-move",
    summary: "Give a paid booking another time, as its customer",
    body: ownMove,
    bodyExamples: { move: { start: "2026-11-24T14:00:00.000Z", from: "2026-11-23T13:00:00.000Z" } },
    answer: json(
      200,
      bookingState,
      "Any time that is offered of the same service and professional. Nothing is paid again. After the move no more comes back by a cancellation than would have come back before it.",
      bookingStateExample,
    ),
    refusals: ["own_change_closed", "changed_meanwhile", "slot_not_offered", "slot_taken"],
  },
  {
    ...ofBooking,
    id: "getBookingStatus",
    path: "/api/bookings/{id}/status",
    summary: "The state of a booking",
    isPrivate: true,
    answer: json(200, bookingState, "What the booking's page shows.", bookingStateExample),
  },
  {
    ...ofBooking,
    id: "streamBookingEvents",
    path: "/api/bookings/{id}/events",
    summary: "The state as server-sent events: one `state` at once and one at every change",
    answer: {
      status: 200,
      contentType: "text/event-stream",
      description: "Each event's data is the same object as in the answer of /status.",
      example: bookingEventExample,
    },
  },
  {
    ...ofBooking,
    id: "getBookingCalendar",
    path: "/api/bookings/{id}/calendar.ics",
    summary: "The appointment for a calendar, once paid",
    isPrivate: true,
    answer: { status: 200, contentType: "text/calendar", description: "An .ics file." },
  },
] as const satisfies readonly Operation[];
