import { z } from "zod";
import { bookingMove, movedBooking } from "#contracts/desk/moves.ts";
import { described, json, merchantChange, type Operation } from "../operation.ts";

const booking = "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d10";
const laura = "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d11";
const camila = "01a66c2f-4f3e-4c58-9d3e-4b1a0e5c7d12";

/** What the reception changes about a booking that is paid. */
export const moveOperations = [
  {
    ...merchantChange,
    permission: "bookings.change",
    id: "moveBooking",
    methods: ["post"],
    path: "/api/bookings/{id}/move",
    summary: "Give a paid booking another time, another professional, or both",
    params: described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown"),
    body: bookingMove,
    bodyExamples: {
      handOver: {
        professionalId: camila,
        start: "2026-11-24T14:00:00.000Z",
        expected: { professionalId: laura, start: "2026-11-23T13:00:00.000Z" },
        notify: true,
        ignoreHours: false,
      },
      dearer: {
        professionalId: camila,
        start: "2026-11-24T14:00:00.000Z",
        expected: { professionalId: laura, start: "2026-11-23T13:00:00.000Z" },
        price: { priceMinor: 15_000_000, fromMinor: 12_000_000, difference: "ask" },
        notify: true,
        ignoreHours: false,
      },
    },
    answer: json(
      200,
      movedBooking,
      "The booking as it stands. Booking, claim and charge stay the same rows, and the old time is free in the same transaction. Nothing is paid again. The price stays as it was sold, unless `price` gives another one and says what becomes of the difference: asked for as the booking's rest, given back as far as it was paid, or left. Asking again for what is so already changes nothing.",
      {
        id: booking,
        professionalId: camila,
        professionalName: "Camila Torres",
        start: "2026-11-24T14:00:00.000Z",
        end: "2026-11-24T14:45:00.000Z",
        timezone: "America/Bogota",
        moves: 1,
      },
    ),
    refusals: [
      "booking_not_paid",
      "appointment_over",
      "changed_meanwhile",
      "time_past",
      "professional_unknown",
      "service_not_given",
      "outside_hours",
      "professional_away",
      "slot_taken",
      "amount_not_payable",
      "difference_not_askable",
      "rest_being_paid",
    ],
  },
] as const satisfies readonly Operation[];
