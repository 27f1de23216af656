import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Customer } from "#contracts/customers/customers.ts";
import { formatMoney } from "#ui/format.ts";
import { Panel } from "../../bookings/[id]/panel.tsx";

/** What they came for, and what it brought. */
export function Figures({ customer, locale }: { customer: Customer; locale: string }) {
  const t = useTranslations("customers.figures");
  const { bookingsCount, noShows, cancelledCount, money } = customer;
  const sums = (pick: "spentMinor" | "sentBackMinor") =>
    (money ?? []).map((one) => formatMoney({ amountMinor: one[pick], currency: one.currency, locale })).join(" · ") || "—";
  const isUnderWay = (money ?? []).some(({ underWayMinor }) => underWayMinor > 0);
  return (
    <Panel id="figures" title={t("title")}>
      <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3">
        <Figure name={t("bookings")} value={bookingsCount} />
        <Figure name={t("noShows")} value={noShows} />
        <Figure name={t("cancelled")} value={cancelledCount} />
        {money && <Figure name={t("spent")} value={sums("spentMinor")} />}
        {money && <Figure name={t("sentBack")} value={sums("sentBackMinor")} hint={isUnderWay && t("underWay")} />}
      </dl>
    </Panel>
  );
}

function Figure({ name, value, hint }: { name: string; value: ReactNode; hint?: ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-sm">{name}</dt>
      <dd className="break-words font-semibold text-lg tabular-nums">{value}</dd>
      {hint && <dd className="text-muted text-sm">{hint}</dd>}
    </div>
  );
}
