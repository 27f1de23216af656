import type { Selectable } from "kysely";
import type { DB } from "#db/types.ts";

export type CheckoutRow = Selectable<DB["checkout"]>;
export type BookingRow = Selectable<DB["booking"]>;
export type PaymentRow = Selectable<DB["payment"]>;
export type ChargeRow = Selectable<DB["charge"]>;
export type ChargeRefundRow = Selectable<DB["charge_refund"]>;
export type DisputeRow = Selectable<DB["dispute"]>;
export type RefundCaseRow = Selectable<DB["refund_case"]>;
export type CustomerRow = Selectable<DB["customer"]>;
export type InboxEventRow = Selectable<DB["inbox_event"]>;
export type TenantRow = Selectable<DB["tenant"]>;
export type ShopOrderRow = Selectable<DB["shop_order"]>;
export type OrderShipmentRow = Selectable<DB["order_shipment"]>;
