import type { Selectable } from "kysely";
import type { DB } from "#db/types.ts";

export type BookingRow = Selectable<DB["booking"]>;
export type PaymentRow = Selectable<DB["payment"]>;
export type ChargeRow = Selectable<DB["charge"]>;
export type RefundCaseRow = Selectable<DB["refund_case"]>;
export type InboxEventRow = Selectable<DB["inbox_event"]>;
export type TenantRow = Selectable<DB["tenant"]>;

/** A row that came as JSON (`to_jsonb`): its instants are text there, and all their names end in `_at`. */
export function withDates<Row>(json: object): Row {
  const entries = Object.entries(json).map(([name, value]) => [
    name,
    typeof value === "string" && name.endsWith("_at") ? new Date(value) : value,
  ]);
  return Object.fromEntries(entries) as Row;
}
