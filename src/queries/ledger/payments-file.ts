import type { PaymentFilters, PaymentRow } from "#contracts/ledger/payments-list.ts";
import type { FeeOf } from "#domain/ledger/totals.ts";
import { toMajor } from "#domain/money.ts";
import { merchantFormats } from "../merchant/formats.ts";
import { allPayments } from "./payments-list.ts";

export const paymentColumns = [
  ...["id", "date", "time", "timezone", "reference", "customer", "service", "provider", "mode", "method", "provider_id"],
  ...["state", "amount", "currency", "fee_about", "refunded", "outcome", "refund_case", "booking_id", "tip"],
];

/** The cells of every payment that the filters leave, piece by piece. */
export async function* paymentLines(wish: { tenantId: string; filters: PaymentFilters; feeOf: FeeOf }) {
  const { timezone } = await merchantFormats(wish.tenantId);
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  for await (const rows of allPayments(wish)) yield rows.map((row) => cellsOf(row, format, timezone));
}

function cellsOf(row: PaymentRow, format: Intl.DateTimeFormat, timezone: string) {
  const { amountMinor, tipMinor, feeMinor, refundedMinor, currency, checkout } = row;
  const [date = "", time = ""] = format.format(new Date(row.at)).split(" ");
  return [
    ...[row.id, date, time, timezone, row.reference, checkout?.customerName ?? null, checkout?.service ?? null, row.provider, row.mode],
    ...[row.method, row.providerChargeId, row.state, toMajor(amountMinor, currency), currency],
    ...[feeMinor === null ? null : toMajor(feeMinor, currency), toMajor(refundedMinor, currency), row.outcome],
    ...[row.refundCase?.state ?? null, checkout?.id ?? null, toMajor(tipMinor, currency)],
  ];
}
