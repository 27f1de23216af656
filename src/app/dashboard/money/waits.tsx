import Link from "next/link";
import { useTranslations } from "next-intl";
import type { WaitListed } from "#contracts/desk/money.ts";
import { Card } from "#ui/card.tsx";
import { ReversalQuestion } from "#ui/dashboard/reversal-question.tsx";
import { formatShort } from "#ui/format.ts";
import { BookingLink } from "./booking-link.tsx";

type WaitsProps = { mayAnswer: boolean; items: readonly WaitListed[]; timezone: string; locale: string };

/** What only a person can end, and what they do. */
export function Waits({ items, mayAnswer, timezone, locale }: WaitsProps) {
  const t = useTranslations("money.waits");
  const tabs = useTranslations("ledger.tabs");
  return (
    <Card aria-labelledby="waits" data-testid="waits" className="mb-8 space-y-3 sm:p-6">
      <h2 id="waits" className="font-semibold text-lg">
        {t("title")}
      </h2>
      {items.length === 0 && <p className="text-muted">{t("none")}</p>}
      <ul className="divide-y divide-line">
        {items.map(({ kind, subject, since, checkoutId, checkoutKind }) => (
          <li key={`${kind} ${subject.id}`} data-kind={kind} className="py-3">
            <p className="font-medium">{t(`kind.${kind}.what`)}</p>
            <p className="text-sm">{t(`kind.${kind}.todo`)}</p>
            <p className="flex flex-wrap items-center gap-x-4 text-muted text-sm">
              {t("since", { date: formatShort({ instant: since, locale, timezone }) })}
              {checkoutId && <BookingLink id={checkoutId} kind={checkoutKind} />}
              {kind.startsWith("settlement_") && (
                <Link
                  href="/dashboard/money/checks"
                  prefetch={false}
                  className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
                >
                  {tabs("checks")}
                </Link>
              )}
            </p>
            {kind === "reversal_open" && mayAnswer && checkoutId && (
              <ReversalQuestion of={checkoutKind === "order" ? "orders" : "booking"} id={checkoutId} isBare />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
