import { z } from "zod";
import { bookingRequest, bookingState, checkoutAnswer, paymentRequest } from "../checkout.ts";
import {
  bookingAnswerExample,
  bookingEventExample,
  bookingRequestExample,
  bookingStateExample,
  paymentRequestExample,
  unheldBookingRequestExample,
} from "./examples.ts";
import { described, type Operation } from "./operation.ts";
import { linkRefusals } from "./slots.ts";

const booking = described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown");
/** A wrong token, a missing one and an unknown id are one answer. */
const tokenWords = "The booking's token, from POST /api/bookings.";
const token = described(z.object({ token: z.string() }), { token: tokenWords }, "checkout_unknown");
const maybeToken = described(
  z.object({ token: z.string().optional() }),
  { token: `${tokenWords} Or the session that made it.` },
  "checkout_unknown",
);

/** From the hold to the payment page, and what the booking's page shows. */
export const bookingOperations = [
  {
    id: "createBooking",
    methods: ["post"],
    path: "/api/bookings",
    tag: "checkout",
    summary: "Go to the payment page with a hold (or, under first_payer_wins, with a slot)",
    callers: ["customer"],
    limit: "payments",
    isSameSite: true,
    takesSession: true,
    takesKey: "maybe_alone",
    body: bookingRequest,
    bodyExamples: { withHold: bookingRequestExample, firstPayerWins: unheldBookingRequestExample },
    answer: {
      status: 201,
      shape: checkoutAnswer,
      description:
        "Send the customer to checkoutUrl. Nothing is real until the money is there. A living hold keeps the price, the deposit, the length and the policy of the moment when it was taken: they are what is asked for. With `seen`, a request that was shown anything else is refused as price_changed; the problem holds the offer to show. Where nothing is due, no provider is needed: the booking is paid at once, and checkoutUrl leads to its own page.",
      example: bookingAnswerExample,
    },
    refusals: [
      ...linkRefusals,
      "hold_unknown",
      "hold_expired",
      "too_many_payments",
      "slot_not_offered",
      "slot_taken",
      "price_changed",
      "phone_invalid",
      "provider_not_offered",
      "amount_not_payable",
      "already_paid",
      "provider_unavailable",
    ],
  },
  {
    id: "createPayment",
    methods: ["post"],
    path: "/api/bookings/{id}/payments",
    tag: "checkout",
    summary: "Another try to pay, while the hold lives",
    callers: ["customer"],
    limit: "payments",
    isSameSite: true,
    takesSession: true,
    takesKey: "beside_proof",
    params: booking,
    query: maybeToken,
    body: paymentRequest,
    bodyExamples: { payment: paymentRequestExample },
    answer: {
      status: 201,
      shape: checkoutAnswer,
      description: "A new payment with a new reference. The end does not move.",
      example: bookingAnswerExample,
    },
    refusals: [
      "already_paid",
      "checkout_closed",
      "too_many_payments",
      "provider_not_offered",
      "amount_not_payable",
      "provider_unavailable",
    ],
  },
  {
    id: "getBookingStatus",
    methods: ["get"],
    path: "/api/bookings/{id}/status",
    tag: "checkout",
    summary: "The state of a booking",
    callers: ["customer"],
    limit: "reads",
    params: booking,
    query: token,
    isPrivate: true,
    answer: { status: 200, shape: bookingState, description: "What the booking's page shows.", example: bookingStateExample },
    refusals: [],
  },
  {
    id: "streamBookingEvents",
    methods: ["get"],
    path: "/api/bookings/{id}/events",
    tag: "checkout",
    summary: "The state as server-sent events: one `state` at once and one at every change",
    callers: ["customer"],
    limit: "reads",
    params: booking,
    query: token,
    answer: {
      status: 200,
      contentType: "text/event-stream",
      description: "Each event's data is the same object as of /status.",
      example: bookingEventExample,
    },
    refusals: [],
  },
  {
    id: "getBookingCalendar",
    methods: ["get"],
    path: "/api/bookings/{id}/calendar.ics",
    tag: "checkout",
    summary: "The appointment for a calendar, once paid",
    callers: ["customer"],
    limit: "reads",
    params: booking,
    query: token,
    isPrivate: true,
    answer: { status: 200, contentType: "text/calendar", description: "An .ics file." },
    refusals: [],
  },
] as const satisfies readonly Operation[];
