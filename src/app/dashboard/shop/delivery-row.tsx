import { MapPin, Scale, Truck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ShippingOption } from "#contracts/shop-desk/shipping.ts";
import { Badge } from "#ui/badge.tsx";
import { type MenuItem, MoreMenu } from "#ui/dashboard/menu.tsx";
import { formatMoney, formatPrice } from "#ui/format.ts";

const icons = { flat: Truck, by_weight: Scale, pickup: MapPin };
type RowProps = { option: ShippingOption; locale: string; items: readonly MenuItem[] };

export function DeliveryRow({ option, locale, items }: RowProps) {
  const t = useTranslations("shopDesk.delivery");
  const { kind, name, isActive, archivedAt, locationName } = option;
  const Icon = icons[kind];
  const marks = [
    ...(isActive ? [] : [t("off")]),
    ...(kind === "pickup" && locationName === null && archivedAt === null ? [t("placeGone")] : []),
  ];
  return (
    <li className="flex items-start gap-3 py-4 first:pt-0" data-testid="delivery">
      <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-brand-ink" />
      <div className="min-w-0 grow">
        <h3 className="flex flex-wrap items-center gap-2 font-semibold">
          {name}
          {marks.map((mark) => (
            <Badge key={mark} className="bg-warn-soft text-warn">
              {mark}
            </Badge>
          ))}
        </h3>
        <ul className="text-muted text-sm">
          {factsOf(option, { t, locale }).map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
      </div>
      {items.length > 0 && <MoreMenu of={name} items={items} />}
    </li>
  );
}

type Around = { t: ReturnType<typeof useTranslations<"shopDesk.delivery">>; locale: string };

function factsOf(
  { kind, priceMinor, currency, weightSteps, freeFromMinor, daysMin, daysMax, locationName }: ShippingOption,
  around: Around,
) {
  const { t, locale } = around;
  const price = (amountMinor: number) => formatPrice({ amountMinor, currency, locale, free: t("free") });
  const weight = (grams: number) =>
    new Intl.NumberFormat(locale, { style: "unit", unit: grams < 1000 ? "gram" : "kilogram", maximumFractionDigits: 2 }).format(
      grams < 1000 ? grams : grams / 1000,
    );
  return [
    ...(kind === "by_weight"
      ? weightSteps.map((step) => t("step", { weight: weight(step.upToGrams), price: price(step.priceMinor) }))
      : [price(priceMinor)]),
    ...(freeFromMinor === null ? [] : [t("freeFrom", { amount: formatMoney({ amountMinor: freeFromMinor, currency, locale }) })]),
    ...(daysMax === null ? [] : [t("days", { least: daysMin ?? daysMax, most: daysMax })]),
    ...(locationName === null ? [] : [locationName]),
  ];
}
