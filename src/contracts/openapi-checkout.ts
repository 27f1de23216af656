import {
  availability,
  bookingAnswer,
  bookingOptions,
  bookingRequest,
  bookingState,
  holdAnswer,
  holdRequest,
  paymentRequest,
} from "./checkout.ts";
import type { Operation, Parameter } from "./openapi.ts";
import {
  availabilityExample,
  bookingAnswerExample,
  bookingEventExample,
  bookingOptionsExample,
  bookingRequestExample,
  bookingStateExample,
  holdAnswerExample,
  holdRequestExample,
  paymentRequestExample,
  unheldBookingRequestExample,
} from "./openapi-examples.ts";
import type { RefusalCode } from "./problem.ts";

const token: Parameter = { name: "token", in: "query", required: true, description: "The booking's token, from POST /api/bookings." };
const path = (name: string, description: string): Parameter => ({ name, in: "path", required: true, description });
const query = (name: string, description: string): Parameter => ({ name, in: "query", required: true, description });
const session: Parameter = {
  name: "X-Checkout-Session",
  in: "header",
  required: false,
  description: "The customer's session for programs, from POST /api/holds; browsers use the HttpOnly cookie checkout_session.",
};
const idempotencyKey: Parameter = {
  name: "Idempotency-Key",
  in: "header",
  required: false,
  description:
    "1 to 255 characters. A repeat with the same key and body gives the same answer for 24 hours, and two at once have one effect; refusals are not kept. A key belongs to the booking's token or the session that comes with it. Where neither does, it belongs to the caller's address and proves by itself who the customer is: 16 characters at least, and nobody may be able to guess it (a UUID).",
};
const once: RefusalCode[] = ["idempotency_key_reused", "idempotency_in_progress"];
const links: RefusalCode[] = ["link_unknown", "link_inactive", "link_expired"];
const changes: RefusalCode[] = [
  "invalid_request",
  "malformed_json",
  "unsupported_media_type",
  "body_too_large",
  "cross_site",
  "https_required",
  "rate_limited",
];

/** The walk of a customer. */
export const checkoutOperations: Operation[] = [
  {
    method: "get",
    path: "/api/booking/{link}/options",
    id: "getBookingOptions",
    tag: "checkout",
    summary: "What a customer may choose from behind a link",
    parameters: [path("link", "The link's public id.")],
    answer: {
      status: 200,
      shape: bookingOptions,
      description: "The merchant, its services, professionals and payment providers.",
      example: bookingOptionsExample,
    },
    refusals: links,
  },
  {
    method: "get",
    path: "/api/availability",
    id: "getAvailability",
    tag: "checkout",
    summary: "Slots between two dates, free or temporarily reserved",
    parameters: [
      query("link", "The link's public id."),
      query("service", "Service id."),
      query("professional", "Professional id."),
      query("from", "First date (YYYY-MM-DD) in the tenant's zone."),
      query("to", "Last date, inclusive; at most 62 days."),
      session,
    ],
    answer: {
      status: 200,
      shape: availability,
      description: "Slots in order. The asking session's own hold does not block it.",
      example: availabilityExample,
    },
    refusals: [...links, "invalid_request", "range_too_long", "slot_not_offered", "rate_limited"],
  },
  {
    method: "post",
    path: "/api/holds",
    id: "createHold",
    tag: "checkout",
    summary: "Hold a slot for this customer",
    parameters: [session, idempotencyKey],
    body: holdRequest,
    bodyExamples: { hold: holdRequestExample },
    answer: {
      status: 201,
      shape: holdAnswer,
      description:
        "The slot is the session's until expiresAt. Another hold of the session is let go. A repeat under the same Idempotency-Key has the same session.",
      example: holdAnswerExample,
    },
    refusals: [...links, "slot_taken", "slot_not_offered", "too_many_holds", ...once, ...changes],
  },
  {
    method: "delete",
    path: "/api/holds/{id}",
    id: "deleteHold",
    tag: "checkout",
    summary: "Let a hold go",
    parameters: [path("id", "The hold's id."), session],
    answer: { status: 204, description: "The slot is free again." },
    refusals: ["hold_unknown", "hold_paying", "cross_site", "https_required", "rate_limited"],
  },
  {
    method: "post",
    path: "/api/bookings",
    id: "createBooking",
    tag: "checkout",
    summary: "Go to the payment page with a hold (or, under first_payer_wins, with a slot)",
    parameters: [session, idempotencyKey],
    body: bookingRequest,
    bodyExamples: { withHold: bookingRequestExample, firstPayerWins: unheldBookingRequestExample },
    answer: {
      status: 201,
      shape: bookingAnswer,
      description: "Send the customer to checkoutUrl. Nothing is real until the money is there.",
      example: bookingAnswerExample,
    },
    refusals: [
      ...links,
      "hold_unknown",
      "hold_expired",
      "too_many_payments",
      "slot_not_offered",
      "slot_taken",
      "phone_invalid",
      "provider_not_offered",
      "amount_not_payable",
      "already_paid",
      "provider_unavailable",
      ...once,
      ...changes,
    ],
  },
  {
    method: "post",
    path: "/api/bookings/{id}/payments",
    id: "createPayment",
    tag: "checkout",
    summary: "Another try to pay, while the hold lives",
    parameters: [
      path("id", "The booking's id."),
      { ...token, required: false, description: `${token.description} Or the session that made it.` },
      session,
      idempotencyKey,
    ],
    body: paymentRequest,
    bodyExamples: { payment: paymentRequestExample },
    answer: {
      status: 201,
      shape: bookingAnswer,
      description: "A new payment with a new reference. The end does not move.",
      example: bookingAnswerExample,
    },
    refusals: [
      "booking_unknown",
      "already_paid",
      "booking_closed",
      "too_many_payments",
      "provider_not_offered",
      "amount_not_payable",
      "provider_unavailable",
      ...once,
      ...changes,
    ],
  },
  {
    method: "get",
    path: "/api/bookings/{id}/status",
    id: "getBookingStatus",
    tag: "checkout",
    summary: "The state of a booking",
    parameters: [path("id", "The booking's id."), token],
    answer: { status: 200, shape: bookingState, description: "What the booking's page shows.", example: bookingStateExample },
    refusals: ["booking_unknown", "rate_limited"],
  },
  {
    method: "get",
    path: "/api/bookings/{id}/events",
    id: "streamBookingEvents",
    tag: "checkout",
    summary: "The state as server-sent events: one `state` at once and one at every change",
    parameters: [path("id", "The booking's id."), token],
    answer: {
      status: 200,
      contentType: "text/event-stream",
      description: "Each event's data is the same object as of /status.",
      example: bookingEventExample,
    },
    refusals: ["booking_unknown", "rate_limited"],
  },
  {
    method: "get",
    path: "/api/bookings/{id}/calendar.ics",
    id: "getBookingCalendar",
    tag: "checkout",
    summary: "The appointment for a calendar, once paid",
    parameters: [path("id", "The booking's id."), token],
    answer: { status: 200, contentType: "text/calendar", description: "An .ics file." },
    refusals: ["booking_unknown", "rate_limited"],
  },
];
