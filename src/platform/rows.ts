import type { Selectable } from "kysely";
import type { DB } from "../../db/types.ts";

export type BookingRow = Selectable<DB["booking"]>;
export type PaymentRow = Selectable<DB["payment"]>;
export type ChargeRow = Selectable<DB["charge"]>;
export type RefundCaseRow = Selectable<DB["refund_case"]>;
export type FollowUpRow = Selectable<DB["follow_up"]>;
export type InboxEventRow = Selectable<DB["inbox_event"]>;
export type TenantRow = Selectable<DB["tenant"]>;
