import type { Breakage } from "../breakage.ts";

const changes = "tests/engine/own/changes.test.ts";
const reminders = "tests/engine/own/reminders.test.ts";
const price = "tests/engine/own/price.test.ts";

/** What customers change by their link, the mails before an appointment, and a move's price. */
export const ownChanges: Breakage[] = [
  {
    guarantee: "nobody cancels or moves a booking with another one's token",
    file: "src/commands/desk/own-booking.ts",
    find: "!checkout || !isSameText(checkout.token, token)",
    replace: "!checkout || token === bookingId",
    noticedBy: [changes],
  },
  {
    guarantee: "a customer cancels only until the merchant's hour",
    file: "src/commands/desk/own-booking.ts",
    find: "end !== null && end.getTime() > databaseNow()",
    replace: "end !== null && end.getTime() > 0",
    noticedBy: [changes],
  },
  {
    guarantee: "a customer who cancels gets back what the terms say, and no more",
    file: "src/commands/desk/cancel-own.ts",
    find: 'const refund = terms ? "by_terms" : "none";',
    replace: 'const refund = terms ? "full" : "none";',
    noticedBy: [changes],
  },
  {
    guarantee: "no more comes back after a customer's own move than before it",
    file: "src/domain/desk/own-changes.ts",
    find: "Math.min(step.percentBack, percentMax)",
    replace: "Math.max(step.percentBack, percentMax)",
    noticedBy: [changes],
  },
  {
    guarantee: "nobody is reminded of a cancelled appointment",
    file: "src/jobs/mails.ts",
    find: "(isPaid(work.checkout.status) ? prepare(work, followUp) : null)",
    replace: "(work.checkout.id ? prepare(work, followUp) : null)",
    noticedBy: [reminders],
  },
  {
    guarantee: "a reminder is planned once",
    file: "src/commands/reminders/plan-reminders.ts",
    find: "if (planned.numInsertedOrUpdatedRows === 0n) return;",
    replace: "",
    noticedBy: [reminders],
  },
  {
    guarantee: "a difference that goes back is never more than the difference",
    file: "src/domain/desk/price-difference.ts",
    find: "Math.min(fromMinor - toMinor, paidMinor - sentBackMinor - toMinor)",
    replace: "Math.max(fromMinor - toMinor, paidMinor - sentBackMinor)",
    noticedBy: [price],
  },
];
