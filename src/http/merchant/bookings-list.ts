import { bookingSight } from "#contracts/caller.ts";
import type { BookingRow } from "#contracts/desk/bookings-list.ts";
import type { bookingsListOperations } from "#contracts/operations/desk/bookings-list.ts";
import { toMajor } from "#domain/money.ts";
import { allBookings, listBookings } from "#queries/desk/bookings-list.ts";
import { merchantFormats } from "#queries/merchant/formats.ts";
import type { HandlersOf } from "../route.ts";
import { csvAnswer } from "./csv.ts";

const pageDefault = 50;

export const bookingsListHandlers: HandlersOf<typeof bookingsListOperations> = {
  listBookings({ caller, input: { query } }) {
    const { cursor, limit = pageDefault, ...filters } = query;
    return listBookings({ tenantId: caller.tenantId, sight: bookingSight(caller), filters, cursor, limit });
  },

  async exportBookings({ caller, input: { query }, c }) {
    const { tenantId } = caller;
    const { timezone } = await merchantFormats(tenantId);
    const pages = linesOf(allBookings({ tenantId, sight: bookingSight(caller), filters: query }), timezone);
    return csvAnswer(c, { name: "bookings", columns, pages });
  },
};

const columns = [
  ...["id", "reference", "date", "time", "ends", "timezone", "service", "professional"],
  ...["customer", "email", "phone", "status", "payment_status", "attendance"],
  ...["amount", "charged", "currency", "mode", "link", "utm_source", "utm_medium", "utm_campaign", "created_at"],
];

async function* linesOf(pieces: AsyncIterable<BookingRow[]>, timezone: string) {
  const local = localTimes(timezone);
  for await (const rows of pieces) yield rows.map((row) => cellsOf(row, local, timezone));
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
