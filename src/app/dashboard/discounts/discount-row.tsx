import { useTranslations } from "next-intl";
import type { Discount } from "#contracts/shop-desk/discounts.ts";
import { Badge } from "#ui/badge.tsx";
import { classNames } from "#ui/class-names.ts";
import { type MenuItem, MoreMenu } from "#ui/dashboard/menu.tsx";
import { formatDate, formatMoney } from "#ui/format.ts";
import { lastInstant } from "./days.ts";

type RowProps = { discount: Discount; timezone: string; locale: string; items: readonly MenuItem[]; onOpen?: () => void };

export function DiscountRow({ discount, timezone, locale, items, onOpen }: RowProps) {
  const t = useTranslations("shopDesk.discounts");
  const { code, percent, amountMinor, currency, state } = discount;
  const percentText = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 }).format((percent ?? 0) / 100);
  return (
    <li
      data-testid="discount"
      className={classNames(
        "flex items-start gap-3 rounded-2xl border border-line bg-card p-4",
        state !== "open" && state !== "not_yet" && "border-dashed",
      )}
    >
      <div className="min-w-0 grow">
        <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          {onOpen ? (
            <button type="button" onClick={onOpen} className="break-all font-mono font-semibold text-lg underline-offset-4 hover:underline">
              {code}
            </button>
          ) : (
            <span className="break-all font-mono font-semibold text-lg">{code}</span>
          )}
          <Badge className={state === "open" ? "bg-good-soft text-good" : "bg-warn-soft text-warn"}>{t(`states.${state}`)}</Badge>
        </h2>
        <p className="mt-1 font-medium">
          {amountMinor === null ? t("off", { what: percentText }) : t("off", { what: formatMoney({ amountMinor, currency, locale }) })}
        </p>
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-0.5 text-muted text-sm">
          {factsOf(discount, { t, timezone, locale }).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </div>
      {items.length > 0 && <MoreMenu of={code} items={items} />}
    </li>
  );
}

type Around = { t: ReturnType<typeof useTranslations<"shopDesk.discounts">>; timezone: string; locale: string };

function factsOf(discount: Discount, { t, timezone, locale }: Around): string[] {
  const { used, usesMax, reserved, usesPerCustomerMax, minimumMinor, currency, productIds, startsAt, endsAt } = discount;
  const day = (instant: string) => formatDate({ instant, locale, timezone });
  return [
    usesMax === null ? t("facts.used", { count: used }) : t("facts.usedOf", { used, most: usesMax }),
    ...(reserved > 0 ? [t("facts.reserved", { count: reserved })] : []),
    ...(usesPerCustomerMax === null ? [] : [t("facts.perCustomer", { count: usesPerCustomerMax })]),
    ...(minimumMinor === null ? [] : [t("facts.minimum", { amount: formatMoney({ amountMinor: minimumMinor, currency, locale }) })]),
    ...(productIds === null ? [] : [t("facts.products", { count: productIds.length })]),
    ...(startsAt ? [t("facts.from", { day: day(startsAt) })] : []),
    ...(endsAt ? [t("facts.until", { day: day(lastInstant(endsAt)) })] : []),
  ];
}
