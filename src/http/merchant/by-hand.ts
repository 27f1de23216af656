import { askForRest } from "#commands/desk/ask-for-rest.ts";
import { makeBooking } from "#commands/desk/make-booking.ts";
import { mailPaymentLink, prolongLink } from "#commands/desk/payment-link.ts";
import { takeWhatIsDue } from "#commands/desk/take-what-is-due.ts";
import type { byHandOperations } from "#contracts/operations/desk/by-hand.ts";
import { viewerOf } from "#queries/desk/booking-access.ts";
import { loadDeskBooking } from "#queries/desk/booking-page.ts";
import type { HandlersOf } from "../route.ts";
import { changedOnce } from "./changed-once.ts";
import { madeOnce } from "./made-once.ts";

/** What the reception books itself. */
export const byHandHandlers: HandlersOf<typeof byHandOperations> = {
  async makeBooking({ caller, input: { body }, key }) {
    const made = await madeOnce({ caller, makes: "booking_by_hand", key, request: body }, () => makeBooking({ caller, input: body }));
    return loadDeskBooking({ viewer: viewerOf(caller), bookingId: made.id });
  },

  prolongPaymentLink: ({ caller, input: { params, body }, key }) =>
    changedOnce({ caller, makes: "payment_link", key, bookingId: params.id, request: body }, () =>
      prolongLink({ caller, input: { bookingId: params.id, ...body } }),
    ),

  mailPaymentLink: ({ caller, input: { params }, key }) =>
    changedOnce({ caller, makes: "resent_mail", key, bookingId: params.id, request: "payment_link" }, () =>
      mailPaymentLink({ caller, input: { bookingId: params.id } }),
    ),

  askForRest: ({ caller, input: { params, body }, key }) =>
    changedOnce({ caller, makes: "payment_link", key, bookingId: params.id, request: { rest: body } }, () =>
      askForRest({ caller, input: { bookingId: params.id, ...body } }),
    ),

  takeBookingMoney({ caller, input: { params, body }, key }) {
    const { expectedMinor, of, ...taken } = body;
    const take = () => takeWhatIsDue({ caller, input: { bookingId: params.id, taken, of, expectedMinor } });
    return changedOnce({ caller, makes: "on_site_money", key, bookingId: params.id, request: body }, take);
  },
};
