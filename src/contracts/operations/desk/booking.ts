import { z } from "zod";
import { deliveries, deskBooking, timeline } from "#contracts/desk/booking.ts";
import { described, json, merchantRead, type Operation } from "../operation.ts";
import { deliveriesExample, deskBookingExample, timelineExample } from "./booking-example.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown");
const read = { ...merchantRead, permission: "bookings.read", params } as const;
/** Mails and callbacks hold the customer's data. */
const readDeliveries = { ...merchantRead, permission: "events.read" } as const;

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
    params: described(
      z.object({ id: z.uuid(), followUp: z.uuid() }),
      { id: "The booking's id.", followUp: "The id of the mail's follow-up." },
      "checkout_unknown",
    ),
    answer: { status: 200, contentType: "text/html", description: "The mail. Our own pages may show it in a frame." },
  },
] as const satisfies readonly Operation[];
