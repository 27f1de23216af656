import type { Breakage } from "./breakage.ts";

const byHand = "tests/http/desk/by-hand.test.ts";
const rest = "tests/http/desk/rest.test.ts";

/** What a reception books itself, and what a deposit has left. */
export const ofTheDesk: Breakage[] = [
  {
    guarantee: "money that was handed over once is taken once, however often somebody presses",
    file: "src/commands/payments/take-on-site.ts",
    find: 'if (taken) throw new Refusal("already_paid");',
    replace: "",
    noticedBy: ["tests/races/by-hand.test.ts"],
  },
  {
    guarantee: "nobody pays a booking that the merchant made before they have accepted the terms",
    file: "src/commands/checkouts/retry-payment.ts",
    find: 'if (!isAccepting) throw new Refusal("terms_not_accepted");',
    replace: "",
    noticedBy: [byHand],
  },
  {
    guarantee: "staff do not get the address with which a customer pays",
    file: "src/queries/desk/booking-page.ts",
    find: ' || !permissions.includes("bookings.change")) return null;',
    replace: ") return null;",
    noticedBy: [byHand],
  },
  {
    guarantee: "the time that a customer was given to pay never becomes shorter",
    file: "src/commands/desk/payment-link.ts",
    find: "wanted > checkout.ends_at && ",
    replace: "",
    noticedBy: [byHand],
  },
  {
    guarantee: "a payment link ends before money no longer counts for its appointment",
    file: "src/domain/desk/payment-link.ts",
    find: " && wanted <= latest",
    replace: "",
    noticedBy: [byHand],
  },
  {
    guarantee: "a repeat that comes after a deposit of half takes no rest",
    file: "src/commands/desk/take-what-is-due.ts",
    find: 'const checkout = of === "rest" ?',
    replace: "const checkout = isPaid(booking.status) ?",
    noticedBy: [byHand],
  },
  {
    guarantee: "the id of a booking's rest cancels and refunds nothing",
    file: "src/http/merchant/changed-once.ts",
    find: "await requireBooking({ viewer, bookingId });",
    replace: "",
    noticedBy: [rest],
  },
  {
    guarantee: "a cancelled booking asks for no rest",
    file: "src/commands/bookings/booking-kind.ts",
    find: "await endRest(tx, checkout);",
    replace: "",
    noticedBy: [rest],
  },
  {
    guarantee: "a file of bookings sells no time that somebody has",
    file: "src/commands/bookings-import/insert-imported.ts",
    find: "if (taken.length > 0) throw new TimesTaken(",
    replace: "if (taken.length < 0) throw new TimesTaken(",
    noticedBy: ["tests/http/desk/bookings-import.test.ts"],
  },
];
