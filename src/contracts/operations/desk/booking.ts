import { z } from "zod";
import {
  bookingAttendance,
  bookingCancellation,
  bookingNote,
  bookingRefund,
  deliveries,
  deskBooking,
  hostLink,
  reversalAnswer,
  timeline,
} from "#contracts/desk/booking.ts";
import { resentMailsPerHourMax } from "#contracts/desk/limits.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { deliveriesExample, deskBookingExample, hostLinkExample, timelineExample } from "./booking-examples.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown");
const followUpParams = described(
  z.object({ id: z.uuid(), followUp: z.uuid() }),
  { id: "The booking's id.", followUp: "The follow-up's id." },
  "follow_up_unknown",
);
const read = { ...merchantRead, permission: "bookings.read", params } as const;
/** Mails and callbacks hold the customer's data. */
const readDeliveries = { ...merchantRead, permission: "events.read" } as const;
const change = { ...merchantChange, permission: "bookings.change", methods: ["post"] } as const;
const attend = { ...merchantChange, permission: "bookings.attend", params } as const;
const afterwards = (description: string) => json(200, deskBooking, description, deskBookingExample);

/** One booking at the reception. Staff reach only their own; another's is unknown to them. */
export const bookingDeskOperations = [
  {
    ...read,
    id: "getBooking",
    path: "/api/bookings/{id}",
    summary: "Everything of one booking: appointment, customer, money, answers, notes",
    answer: json(
      200,
      deskBooking,
      "`money` says what each way to cancel would send back at this moment. `may` says what whoever asks may do. Payments and refund cases are null without payments.read.",
      deskBookingExample,
    ),
  },
  {
    ...read,
    id: "getBookingTimeline",
    path: "/api/bookings/{id}/timeline",
    summary: "What happened to a booking and its money, and who did it, newest first",
    answer: json(200, timeline, "The newest 500 events, and every callback that was sent.", timelineExample),
  },
  {
    ...readDeliveries,
    id: "getBookingDeliveries",
    path: "/api/bookings/{id}/deliveries",
    summary: "Rooms, mails and callbacks of a booking: state, attempts, last error, requests and answers",
    params,
    answer: json(200, deliveries, "In the order of the events that they follow.", deliveriesExample),
  },
  {
    ...readDeliveries,
    id: "getBookingMail",
    path: "/api/bookings/{id}/mails/{followUp}",
    summary: "What a mail of a booking says, written again from what is stored",
    params: followUpParams,
    answer: { status: 200, contentType: "text/html", description: "The mail. Our own pages may show it in a frame." },
  },
  {
    ...change,
    id: "cancelBooking",
    path: "/api/bookings/{id}/cancel",
    summary: "Cancel a booking, and decide what goes back of the money",
    takesKey: "beside_proof",
    params,
    body: bookingCancellation,
    bodyExamples: {
      byTerms: { refund: "by_terms", reason: "Pidió cancelar por teléfono.", seen: { status: "confirmed", refundMinor: 4_750_000 } },
      amount: { refund: { amountMinor: 2_000_000 } },
    },
    answer: afterwards(
      "The time is free at once, and the mail to the customer says what goes back. With `seen`, a booking whose state or sum has changed since is refused. A booking that nobody has paid has nothing to send back; money that still comes goes back whole.",
    ),
    refusals: ["already_cancelled", "booking_attended", "terms_missing", "nothing_to_refund", "changed_meanwhile", "limit_reached"],
  },
  {
    ...change,
    id: "refundBooking",
    path: "/api/bookings/{id}/refunds",
    summary: "Send back a part or all of what was paid; the booking stays as it is",
    takesKey: "beside_proof",
    params,
    body: bookingRefund,
    bodyExamples: { part: { amountMinor: 2_000_000, seenLeftMinor: 9_500_000, reason: "requested", of: "booking" } },
    answer: afterwards("`refundCases` has the new one. If anything was sent back since `seenLeftMinor` was read, it is refused."),
    refusals: [
      "nothing_to_refund",
      "changed_meanwhile",
      "withdrawal_service_begun",
      "withdrawal_over",
      "refund_blocked_by_dispute",
      "invalid_request",
    ],
  },
  {
    ...change,
    id: "answerBookingReversal",
    path: "/api/bookings/{id}/reversal",
    summary: "Say whether a booking stands whose money went back at the bank or in the provider's panel",
    params,
    body: reversalAnswer,
    bodyExamples: { keep: { answer: "keep" } },
    answer: afterwards("`cancel` frees the time and tells the customer. Of two who answer at once, one is told that it was answered."),
    refusals: ["changed_meanwhile"],
  },
  {
    ...attend,
    id: "setBookingAttendance",
    methods: ["put"],
    path: "/api/bookings/{id}/attendance",
    summary: "Say whether the customer came; null takes it back",
    body: bookingAttendance,
    bodyExamples: { came: { attendance: "arrived" } },
    answer: afterwards(
      "From the day of the appointment on. What was said may be changed until the end of the day on which it was said, in the merchant's zone.",
    ),
    refusals: ["booking_not_standing", "attendance_too_early", "attendance_settled"],
  },
  {
    ...attend,
    id: "addBookingNote",
    methods: ["post"],
    path: "/api/bookings/{id}/notes",
    summary: "Keep a note about a booking for the merchant's people; no mail and no callback has it",
    takesKey: "beside_proof",
    body: bookingNote,
    bodyExamples: { note: { text: "Prefiere la tarde." } },
    answer: afterwards("`notes` has it, with who wrote it and when."),
    refusals: ["limit_reached"],
  },
  {
    ...attend,
    id: "enterBookingRoom",
    methods: ["post"],
    path: "/api/bookings/{id}/room",
    summary: "The host's own link into the video room of a booking",
    answer: json(200, hostLink, "Made now. Nobody else should get it: whoever has it is the host.", hostLinkExample),
    refusals: ["booking_not_standing", "room_unavailable"],
  },
  {
    ...change,
    id: "resendBookingMail",
    path: "/api/bookings/{id}/resend",
    summary: "Send the customer's confirmation once more, to the address that is stored now",
    takesKey: "beside_proof",
    params,
    answer: afterwards(`At most ${resentMailsPerHourMax} times an hour. A booking that is cancelled meanwhile gets no such mail.`),
    refusals: ["booking_not_standing", "too_many_mails"],
  },
  {
    ...change,
    id: "runBookingFollowUp",
    path: "/api/bookings/{id}/deliveries/{followUp}/run",
    summary: "Run a failed follow-up again, or send a callback once more",
    params: followUpParams,
    answer: json(
      200,
      deliveries,
      "It runs now. A callback has the same bytes and the same webhook-id as before, so that the merchant's server knows the fact again.",
      deliveriesExample,
    ),
    refusals: ["checkout_unknown", "follow_up_over"],
  },
] as const satisfies readonly Operation[];
