import { z } from "zod";
import { deskBooking } from "#contracts/desk/booking.ts";
import { linkProlonged, newBooking, restWish } from "#contracts/desk/by-hand.ts";
import { resentMailsPerHourMax } from "#contracts/desk/limits.ts";
import { onSiteDue } from "#contracts/desk/on-site.ts";
import { described, json, merchantChange, type Operation } from "../operation.ts";
import { deskBookingExample } from "./booking-examples.ts";

const change = { ...merchantChange, permission: "bookings.change", methods: ["post"], takesKey: "beside_proof" } as const;
const params = described(z.object({ id: z.uuid() }), { id: "The booking's id." }, "checkout_unknown");
const afterwards = (description: string) => json(200, deskBooking, description, deskBookingExample);
const customer = { name: "Ana María Gómez", email: "ana@example.com", phone: "300 123 4567" };
const time = {
  serviceId: deskBookingExample.service.id,
  professionalId: deskBookingExample.professional.id,
  start: deskBookingExample.start,
  ignoreHours: false,
};
const closedRefusals = ["already_paid", "checkout_closed"] as const;

/** What the reception books itself: for a customer who pays by a link, or has paid at the desk. */
export const byHandOperations = [
  {
    ...change,
    id: "makeBooking",
    path: "/api/bookings/by-hand",
    summary: "Make a booking by hand: with a payment link, or paid on site",
    body: newBooking,
    bodyExamples: {
      link: { ...time, customer, payment: { by: "link", endsAt: "2026-11-22T20:00:00.000Z", mail: true } },
      onSite: { ...time, customer, priceMinor: 8_000_000, note: "Precio de familiar.", payment: { by: "on_site", method: "cash" } },
    },
    answer: json(
      201,
      deskBooking,
      "The time is taken as every customer's is: nobody else gets it. With a link it is real once the customer has paid, and lapses like any hold when the link ends. On site it is paid at once, and everything follows that follows a payment.",
      { ...deskBookingExample, byHand: true },
    ),
    refusals: [
      "slot_not_offered",
      "time_past",
      "professional_unknown",
      "service_not_given",
      "outside_hours",
      "professional_away",
      "slot_taken",
      "link_end_unfit",
      "phone_invalid",
      "email_unsendable",
      "provider_not_offered",
      "amount_not_payable",
      "limit_reached",
      "too_many_mails",
      "too_many_payments",
    ],
  },
  {
    ...change,
    id: "prolongPaymentLink",
    path: "/api/bookings/{id}/payment-link",
    summary: "Give the customer of a booking made by hand longer to pay",
    params,
    body: linkProlonged,
    bodyExamples: { longer: { endsAt: "2026-11-23T10:00:00.000Z" } },
    answer: afterwards("Only while the link lives, and never to an earlier end: what was promised stays."),
    refusals: [...closedRefusals, "link_end_unfit"],
  },
  {
    ...change,
    id: "mailPaymentLink",
    path: "/api/bookings/{id}/payment-link/mail",
    summary: "Mail the customer the payment link of a booking made by hand",
    params,
    answer: afterwards(`At most ${resentMailsPerHourMax} times an hour. Once it is paid, no such mail leaves.`),
    refusals: [...closedRefusals, "too_many_mails"],
  },
  {
    ...change,
    id: "takeBookingMoney",
    path: "/api/bookings/{id}/on-site",
    summary: "Say that the customer has paid at the desk what the booking waits for, or what a deposit has left",
    params,
    body: onSiteDue,
    bodyExamples: { card: { of: "booking", method: "card", reference: "0042", expectedMinor: deskBookingExample.money.amountMinor } },
    answer: afterwards(
      "A payment like any other, of the provider on_site. If the customer pays by the link as well, the second payment becomes a refund case.",
    ),
    refusals: [...closedRefusals, "booking_not_standing", "no_rest", "changed_meanwhile", "amount_not_payable", "too_many_payments"],
  },
  {
    ...change,
    id: "askForRest",
    path: "/api/bookings/{id}/rest",
    summary: "Let the customer pay on the booking's page what a deposit has left",
    params,
    body: restWish,
    bodyExamples: { mailed: { mail: true } },
    answer: afterwards(
      `\`rest.url\` is the booking's own page. It may be paid until 30 days after the appointment, by the page or at the desk; a second payment becomes a refund case. The mail is sent at most ${resentMailsPerHourMax} times an hour.`,
    ),
    refusals: [...closedRefusals, "booking_not_standing", "no_rest", "provider_not_offered", "amount_not_payable", "too_many_mails"],
  },
] as const satisfies readonly Operation[];
