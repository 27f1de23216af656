import type { Breakage } from "./breakage.ts";

const races = "tests/races/cancel.test.ts";
const booking = "tests/http/desk/booking.test.ts";

/** One booking at the reception: who may see it, what goes back, and two people at once. */
export const desk: Breakage[] = [
  {
    guarantee: "of two who cancel at once one decides, and the other is told",
    file: "src/commands/checkouts/move-checkout.ts",
    find: '.where("id", "=", id).forUpdate()',
    replace: '.where("id", "=", id)',
    noticedBy: [races],
  },
  {
    guarantee: "nobody comes to an appointment that is cancelled at the same moment",
    file: "src/commands/bookings/set-attendance.ts",
    find: ".forUpdate()",
    replace: "",
    noticedBy: [races],
  },
  {
    guarantee: "a person who saw an unpaid booking does not keep money that has come since",
    file: "src/commands/checkouts/cancel-checkout.ts",
    find: "seen && seen.status !== checkout.status",
    replace: "seen === null",
    noticedBy: [races, booking],
  },
  {
    guarantee: "what is cancelled sends back what was shown, or nothing is cancelled",
    file: "src/commands/checkouts/cancel-checkout.ts",
    find: "seenRefundMinor !== undefined && seenRefundMinor !== money.refundMinor",
    replace: "seenRefundMinor === -1",
    noticedBy: [booking],
  },
  {
    guarantee: "the same press twice is one refund",
    file: "src/commands/refund-cases/request-refund.ts",
    find: "seen !== undefined && seen !== charge",
    replace: "seen === -1 && seen !== charge",
    noticedBy: [races, booking],
  },
  {
    guarantee: "the terms count what went back before",
    file: "src/domain/desk/refund-choice.ts",
    find: "termsMinor - sentBackMinor",
    replace: "termsMinor",
    noticedBy: [booking],
  },
  {
    guarantee: "a part that goes back does not make the doctor ask for all of it",
    file: "src/commands/refund-cases/open.ts",
    find: " && amountMinor === leftMinor)",
    replace: ")",
    noticedBy: [booking],
  },
  {
    guarantee: "who came is not changed on a later day",
    file: "src/domain/desk/attendance.ts",
    find: "saidOn !== null && saidOn < today",
    replace: 'saidOn === ""',
    noticedBy: [booking],
  },
  {
    guarantee: "staff see a phone number only if they are allowed to",
    file: "src/queries/desk/booking-page.ts",
    find: "viewer.seesPhones ? row.customer_phone : null",
    replace: "row.customer_phone",
    noticedBy: [booking],
  },
  {
    guarantee: "a booking's mail is shown under that booking alone",
    file: "src/jobs/render-checkout-mail.ts",
    find: "followUp?.subjectId !== input.checkoutId",
    replace: "!followUp",
    noticedBy: [booking],
  },
  {
    guarantee: "a confirmation is not sent again and again",
    file: "src/commands/bookings/resend-confirmation.ts",
    find: "sent >= resentMailsPerHourMax",
    replace: "sent < 0",
    noticedBy: [booking],
  },
];
