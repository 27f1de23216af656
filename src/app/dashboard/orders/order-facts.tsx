import { Ban, CircleCheck, CircleDollarSign, type LucideIcon, Package, Truck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { OrderRow } from "#contracts/shop-desk/orders-list.ts";
import { Badge } from "#ui/badge.tsx";
import { classNames } from "#ui/class-names.ts";
import { formatMoney, formatPrice } from "#ui/format.ts";

export type ListProps = { orders: OrderRow[]; timezone: string; locale: string };

export const orderAddress = ({ id }: Pick<OrderRow, "id">): string => `/dashboard/orders/${id}`;

const looks: Record<OrderRow["orderStatus"], { icon: LucideIcon; className: string }> = {
  paid: { icon: CircleDollarSign, className: "bg-warn-soft text-warn" },
  packed: { icon: Package, className: "bg-warn-soft text-warn" },
  sent: { icon: Truck, className: "bg-brand-soft text-brand-ink" },
  delivered: { icon: CircleCheck, className: "bg-good-soft text-good" },
  cancelled: { icon: Ban, className: "bg-bad-soft text-bad" },
};

/** A sign and a word beside the colour, for whoever does not see colours. */
export function OrderBadge({ status }: { status: OrderRow["orderStatus"] }) {
  const t = useTranslations("orders.status");
  const { icon: Icon, className } = looks[status];
  return (
    <Badge className={classNames("whitespace-nowrap", className)} data-testid="status" data-status={status}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(status)}
    </Badge>
  );
}

export function OrderBadges({ order }: { order: OrderRow }) {
  const t = useTranslations("orders");
  const { orderStatus, sentPieces, pieces } = order;
  const isPart = sentPieces > 0 && (orderStatus === "paid" || orderStatus === "packed");
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <OrderBadge status={orderStatus} />
      {isPart && <span className="text-muted text-sm">{t("partlySent", { sent: sentPieces, pieces })}</span>}
    </span>
  );
}

export function OrderSum({ order: { totalMinor, sentBackMinor, currency }, locale }: { order: OrderRow; locale: string }) {
  const t = useTranslations("orders");
  return (
    <>
      {formatPrice({ amountMinor: totalMinor, currency, locale, free: t("free") })}
      {sentBackMinor > 0 && (
        <span className="block text-muted text-sm">
          {t("sentBack", { amount: formatMoney({ amountMinor: sentBackMinor, currency, locale }) })}
        </span>
      )}
    </>
  );
}

/** What is in it, in one line. */
export function useContents(): (order: Pick<OrderRow, "titles" | "linesCount" | "pieces">) => string {
  const t = useTranslations("orders");
  return ({ titles, linesCount, pieces }) => {
    const more = linesCount - titles.length;
    const named = titles.join(", ") + (more > 0 ? ` +${more}` : "");
    return `${named} · ${t("pieces", { count: pieces })}`;
  };
}

/** Where it goes. */
export function useWhither(): (order: Pick<OrderRow, "way" | "city">) => string {
  const t = useTranslations("orders.way");
  return ({ way, city }) => (way === "sent" ? (city ?? t("sent")) : t(way));
}
