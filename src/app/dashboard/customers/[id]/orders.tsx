import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ordersOfCustomer } from "#queries/shop-desk/orders-list.ts";
import { formatShort } from "#ui/format.ts";
import { Panel } from "../../bookings/[id]/panel.tsx";
import { OrderBadges, OrderSum, orderAddress } from "../../orders/order-facts.tsx";

type OrdersProps = { tenantId: string; customerId: string; timezone: string; locale: string };

/** What they bought in the shop. Whoever bought nothing there has no such panel. */
export async function Orders({ tenantId, customerId, timezone, locale }: OrdersProps) {
  const orders = await ordersOfCustomer({ tenantId, customerId });
  if (orders.length === 0) return null;
  const t = await getTranslations("orders");
  return (
    <Panel id="orders" title={t("history.title")}>
      <ul className="divide-y divide-line">
        {orders.map((order) => (
          <li key={order.id} data-testid="order" className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1 py-3">
            <div className="min-w-0">
              <Link
                href={orderAddress(order)}
                prefetch={false}
                className="inline-flex min-h-11 items-center font-semibold underline-offset-4 hover:underline sm:min-h-0"
              >
                #{order.number}
              </Link>
              <p className="text-muted text-sm">
                {formatShort({ instant: order.paidAt, locale, timezone })} · {order.titles.join(", ")}
              </p>
            </div>
            <div className="flex flex-wrap items-center gap-2 tabular-nums">
              <OrderBadges order={order} />
              <span className="text-right">
                <OrderSum order={order} locale={locale} />
              </span>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
