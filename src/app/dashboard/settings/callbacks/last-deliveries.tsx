import Link from "next/link";
import { useTranslations } from "next-intl";
import { type CallbackDelivery, callbackTestEvent } from "#contracts/callback-test.ts";
import { Badge } from "#ui/badge.tsx";
import { formatShort } from "#ui/format.ts";

type DeliveriesProps = { deliveries: readonly CallbackDelivery[]; timezone: string; locale: string };

/** What was sent last, and what the merchant's server said. */
export function LastDeliveries({ deliveries, timezone, locale }: DeliveriesProps) {
  const t = useTranslations("settings.callbacks.last");
  if (deliveries.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <ul className="divide-y divide-line" data-testid="deliveries">
      {deliveries.map(({ id, at, event, url, status, error, durationMs, answer, checkoutId, checkoutKind }) => {
        const isTaken = status !== null && status >= 200 && status < 300;
        return (
          <li key={id} data-event={event} className="space-y-1 py-3 text-sm">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-medium">{event === callbackTestEvent ? t("test") : event}</span>
              <Badge className={isTaken ? "bg-good-soft text-good" : "bg-bad-soft text-bad"}>{status ?? t("noAnswer")}</Badge>
              <span className="text-muted">
                {formatShort({ instant: at, locale, timezone })}
                {durationMs !== null && ` · ${t("took", { ms: durationMs })}`}
              </span>
            </p>
            <p className="break-all text-muted">{url}</p>
            {error && <p className="break-words text-warn">{error}</p>}
            {answer && <p className="line-clamp-3 break-all text-muted">{t("answer", { answer })}</p>}
            {checkoutId && (
              <Link
                href={`/dashboard/${checkoutKind === "order" ? "orders" : "bookings"}/${checkoutId}`}
                prefetch={false}
                className="inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4"
              >
                {t(checkoutKind === "order" ? "order" : "booking")}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
