import Link from "next/link";
import { formatShort } from "#ui/format.ts";
import { type ListProps, OrderBadges, OrderSum, orderAddress, useContents, useWhither } from "./order-facts.tsx";

/** On phones; the whole card leads to the order. */
export function OrderCards({ orders, timezone, locale }: ListProps) {
  const contents = useContents();
  const whither = useWhither();
  return (
    <ul className="space-y-3 lg:hidden" data-testid="order-cards">
      {orders.map((order) => (
        <li key={order.id} data-row={order.id}>
          <Link
            href={orderAddress(order)}
            prefetch={false}
            className="block space-y-1.5 rounded-2xl border border-line bg-card p-4 hover:border-edge"
          >
            <span className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-semibold">
                #{order.number} · <bdi>{order.customer.name}</bdi>
              </span>
              <span className="text-right tabular-nums">
                <OrderSum order={order} locale={locale} />
              </span>
            </span>
            <span className="block break-words">{contents(order)}</span>
            <span className="block text-muted text-sm">
              {formatShort({ instant: order.paidAt, locale, timezone })} · {whither(order)}
            </span>
            <OrderBadges order={order} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
