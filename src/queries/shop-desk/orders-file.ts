import { sql } from "kysely";
import type { OrderFilters, OrderRow } from "#contracts/shop-desk/orders-list.ts";
import { toMajor } from "#domain/money.ts";
import { inTenant } from "#platform/db.ts";
import { merchantFormats } from "../merchant/formats.ts";
import { shippingInMerchantsWords, titleInMerchantsWords } from "../shop/merchant-words.ts";
import { allOrders } from "./orders-list.ts";

export const orderColumns = [
  ...["number", "id", "date", "time", "timezone", "status", "payment_status"],
  ...["customer", "email", "phone", "delivery", "address", "city", "region", "postal_code", "country"],
  ...["line", "product", "variant", "sku", "quantity", "sent", "refunded", "unit_price", "discount", "tax_percent", "tax", "line_total"],
  ...["discount_code", "shipping", "order_total", "currency", "carrier", "tracking_number", "transaction"],
];

type Wish = { tenantId: string; filters: OrderFilters };

/** A line of the file for each line of an order, piece by piece. */
export async function* orderFileLines(wish: Wish) {
  const { timezone } = await merchantFormats(wish.tenantId);
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  for await (const orders of allOrders(wish)) {
    const byId = new Map(orders.map((order) => [order.id, order]));
    const lines = await linesOf(wish.tenantId, [...byId.keys()]);
    yield lines.flatMap((line) => {
      const order = byId.get(line.order_id);
      if (!order) return [];
      const [date = "", time = ""] = format.format(new Date(order.paidAt)).split(" ");
      return [cellsOf(order, line, { date, time, timezone })];
    });
  }
}

type Line = {
  order_id: string;
  place: number;
  product_title: string;
  variant_title: string;
  sku: string | null;
  quantity: number;
  sent: number;
  refunded: number;
  unit_price_minor: number;
  discount_minor: number;
  tax_percent: string;
  tax_minor: number;
  total_minor: number;
  shipping_name: string | null;
  shipping_minor: number;
  discount_code: string | null;
  transaction_id: string;
  address: Partial<Record<"address" | "city" | "region" | "postalCode" | "country", string | null>> | null;
};

async function linesOf(tenantId: string, ids: readonly string[]): Promise<Line[]> {
  if (ids.length === 0) return [];
  const { rows } = await inTenant(tenantId, (tx) =>
    sql<Line>`
      select l.order_id, l.place, ${titleInMerchantsWords} as product_title, l.variant_title, l.sku, l.quantity, l.sent, l.refunded, l.unit_price_minor,
        l.discount_minor, l.tax_percent, l.tax_minor, l.total_minor, ${shippingInMerchantsWords} as shipping_name, s.shipping_minor,
        s.discount_code, o.transaction_id, s.address
      from unnest(${[...ids]}::uuid[]) with ordinality as wanted (id, n)
      join shop_order o on o.tenant_id = current_tenant() and o.id = wanted.id
      join order_session s on s.tenant_id = o.tenant_id and s.id = o.id
      join order_line l on l.tenant_id = o.tenant_id and l.order_id = o.id
      order by wanted.n, l.place`.execute(tx),
  );
  return rows;
}

function cellsOf(order: OrderRow, line: Line, local: { date: string; time: string; timezone: string }) {
  const { customer, currency } = order;
  const major = (amountMinor: number) => toMajor(amountMinor, currency);
  const { address } = line;
  return [
    ...[order.number, order.id, local.date, local.time, local.timezone, order.orderStatus, order.paymentStatus],
    ...[customer.name, customer.email, customer.phone, line.shipping_name, address?.address ?? null, address?.city ?? null],
    ...[address?.region ?? null, address?.postalCode ?? null, address?.country ?? null],
    ...[line.place, line.product_title, line.variant_title, line.sku, line.quantity, line.sent, line.refunded],
    ...[major(line.unit_price_minor), major(line.discount_minor), Number(line.tax_percent), major(line.tax_minor), major(line.total_minor)],
    ...[line.discount_code, major(line.shipping_minor), major(order.totalMinor), currency, order.carrier, order.trackingNumber],
    line.transaction_id,
  ];
}
