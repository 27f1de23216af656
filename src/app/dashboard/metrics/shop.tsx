import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Metrics } from "#contracts/metrics/metrics.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { Figure, Sum } from "./money.tsx";
import { usePercent } from "./numbers.ts";

type ShopProps = { shop: NonNullable<Metrics["shop"]>; locale: string };

/** How many purchases of the shop are paid, and what they bring, beside the bookings' figures. */
export function Shop({ shop: { begun, paid, conversion, money }, locale }: ShopProps) {
  const t = useTranslations("metrics.shop");
  const format = useFormatter();
  const percent = usePercent();
  return (
    <Card aria-labelledby="shop" data-testid="shop" className="space-y-4 sm:p-6 print:break-inside-avoid">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="shop" className="font-semibold text-lg">
          {t("title")}
        </h2>
        <Link href="/dashboard/orders/sessions" prefetch={false} className={buttonStyles({ look: "quiet", className: "print:hidden" })}>
          {t("sessions")}
        </Link>
      </div>
      <dl className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Figure label={t("begun")} value={format.number(begun)} testId="begun" />
        <Figure label={t("paid")} value={format.number(paid)} testId="paid" />
        <Figure label={t("conversion")} value={percent(conversion) || t("none")} testId="conversion" />
      </dl>
      {money.map((sum) => (
        <Sum key={`${sum.currency} ${sum.isTest}`} sum={sum} locale={locale} />
      ))}
      <p className="max-w-3xl text-muted text-sm">{t("note")}</p>
    </Card>
  );
}
