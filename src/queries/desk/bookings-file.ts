import type { BookingSight } from "#contracts/caller.ts";
import type { BookingFilters, BookingRow } from "#contracts/desk/bookings-list.ts";
import { toMajor } from "#domain/money.ts";
import { merchantFormats } from "../merchant/formats.ts";
import { allBookings } from "./bookings-list.ts";

export const bookingColumns = [
  ...["id", "reference", "date", "time", "ends", "timezone", "service", "professional"],
  ...["customer", "email", "phone", "status", "payment_status", "attendance"],
  ...["amount", "charged", "currency", "mode", "link", "utm_source", "utm_medium", "utm_campaign", "created_at"],
];

/** The cells of every booking that the filters leave, piece by piece. */
export async function* bookingLines(wish: { tenantId: string; sight: BookingSight; filters: BookingFilters }) {
  const { timezone } = await merchantFormats(wish.tenantId);
  const local = localTimes(timezone);
  for await (const rows of allBookings(wish)) yield rows.map((row) => cellsOf(row, local, timezone));
}

function cellsOf(row: BookingRow, local: (instant: string) => { date: string; time: string }, timezone: string) {
  const { customer, currency, amountMinor, chargedMinor, campaign } = row;
  const { date, time } = local(row.startsAt);
  return [
    ...[row.id, row.reference, date, time, local(row.endsAt).time, timezone, row.service.name, row.professional.name],
    ...[customer.name, customer.email, customer.phone, row.status, row.paymentStatus, row.attendance],
    ...[toMajor(amountMinor, currency), chargedMinor === null ? null : toMajor(chargedMinor, currency), currency, row.mode, row.link.name],
    ...[campaign?.utm_source ?? null, campaign?.utm_medium ?? null, campaign?.utm_campaign ?? null, row.createdAt],
  ];
}

/** `2026-11-23` and `08:00`, as spreadsheets read dates everywhere. */
function localTimes(timezone: string) {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  return (instant: string) => {
    const [date = "", time = ""] = format.format(new Date(instant)).split(" ");
    return { date, time };
  };
}
