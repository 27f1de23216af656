import type { CustomerMoved, CustomerReminder, MailMessage, MailMove } from "#emails/mail-message.ts";

export const changes = {
  move: { url: "https://k.example/m", until: "2026-11-22T13:00:00.000Z" },
  cancel: { url: "https://k.example/c", until: "2026-11-22T13:00:00.000Z" },
};

type Shared = Omit<CustomerMoved, "kind" | "move" | "isOwn" | "money" | "bookingUrl" | "changes"> &
  Omit<CustomerReminder, "kind" | "restDueMinor" | "currency" | "bookingUrl" | "changes">;

/** A customer's mails after a move and before the appointment: with and without something to pay. */
export function changedMails(shared: Shared, move: MailMove): MailMessage[] {
  const isDearer = move.what === "both";
  const bookingUrl = "https://k.example/b";
  return [
    {
      kind: "customer-moved",
      ...shared,
      move,
      bookingUrl,
      isOwn: move.what === "time",
      money: { currency: "COP", priceMinor: 9_000_000, asks: isDearer ? 1_000_000 : 0, givesBack: 1_000_000 },
      changes,
    },
    {
      kind: "customer-reminder",
      ...shared,
      bookingUrl,
      restDueMinor: isDearer ? 1_000_000 : 0,
      currency: "COP",
      changes: { move: null, cancel: null },
    },
  ];
}
