import Link from "next/link";
import { useTranslations } from "next-intl";
import { formatShort } from "#ui/format.ts";
import { type ListProps, OrderBadges, OrderSum, orderAddress, useContents, useWhither } from "./order-facts.tsx";

const columns = ["number", "paidAt", "customer", "contents", "whither", "status", "total"] as const;

/** Where there is room. On phones OrderCards shows the same. */
export function OrderTable({ orders, timezone, locale }: ListProps) {
  const t = useTranslations("orders");
  const contents = useContents();
  const whither = useWhither();
  return (
    <div className="hidden overflow-x-auto rounded-2xl border border-line bg-card lg:block">
      <table className="w-full text-left text-sm 2xl:text-base" data-testid="orders">
        <caption className="sr-only">{t("title")}</caption>
        <thead className="border-line border-b text-muted text-sm">
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col" className={name === "total" ? "px-3 py-3 text-right font-medium" : "px-3 py-3 font-medium"}>
                {t(`columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {orders.map((order) => (
            <tr key={order.id} data-row={order.id} className="align-top hover:bg-paper has-[a:focus-visible]:bg-paper">
              <th scope="row" className="whitespace-nowrap px-3 py-3 font-normal">
                <Link href={orderAddress(order)} prefetch={false} className="font-semibold underline-offset-4 hover:underline">
                  #{order.number}
                </Link>
              </th>
              <td className="whitespace-nowrap px-3 py-3">
                <time dateTime={order.paidAt}>{formatShort({ instant: order.paidAt, locale, timezone })}</time>
              </td>
              <td className="min-w-40 px-3 py-3">
                <bdi>{order.customer.name}</bdi>
                <span className="block break-all text-muted text-sm">{order.customer.email}</span>
              </td>
              <td className="min-w-44 px-3 py-3">{contents(order)}</td>
              <td className="px-3 py-3">{whither(order)}</td>
              <td className="px-3 py-3">
                <OrderBadges order={order} />
              </td>
              <td className="whitespace-nowrap px-3 py-3 text-right tabular-nums">
                <OrderSum order={order} locale={locale} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
