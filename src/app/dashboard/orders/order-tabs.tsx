import Link from "next/link";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import { orderTabs } from "#contracts/shop-desk/order-limits.ts";
import type { OrderCounts, OrderFilters } from "#contracts/shop-desk/orders-list.ts";
import { classNames } from "#ui/class-names.ts";

/** All first, then in the order of the work. What waits for somebody has its number in colour. */
export function OrderTabs({ filters, counts }: { filters: OrderFilters; counts: OrderCounts }) {
  const t = useTranslations("orders.tabs");
  const tabs = [undefined, ...orderTabs];
  return (
    <nav aria-label={t("label")} className="-mx-4 mb-5 overflow-x-auto border-line border-b px-4 sm:mx-0 sm:px-0">
      <ul className="flex min-w-max gap-x-1">
        {tabs.map((status) => {
          const isHere = filters.status === status;
          const count = status && counts[status];
          const waits = status === "paid" || status === "packed";
          return (
            <li key={status ?? "all"}>
              <Link
                href={withQuery("/dashboard/orders", { ...filters, status })}
                prefetch={false}
                aria-current={isHere ? "page" : undefined}
                data-testid={`tab-${status ?? "all"}`}
                className={classNames(
                  "-mb-px inline-flex min-h-11 items-center gap-2 border-b-2 px-3",
                  isHere ? "border-brand font-semibold text-brand-ink" : "border-transparent text-muted hover:text-ink",
                )}
              >
                {t(status ?? "all")}
                {count !== undefined && count > 0 && (
                  <span
                    className={classNames(
                      "rounded-full px-2 py-0.5 text-sm tabular-nums",
                      waits ? "bg-warn-soft font-semibold text-warn" : "bg-line text-ink",
                    )}
                  >
                    {count >= countMax ? `${countMax}+` : count}
                  </span>
                )}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

const countMax = 1000;
