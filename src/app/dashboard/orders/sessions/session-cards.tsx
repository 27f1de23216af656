import { Ban, CircleCheck, Hourglass, type LucideIcon, Timer } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { OrderSessionRow } from "#contracts/shop-desk/order-sessions.ts";
import { Badge } from "#ui/badge.tsx";
import { formatPrice, formatShort } from "#ui/format.ts";
import { useContents } from "../order-facts.tsx";

type CardsProps = { sessions: OrderSessionRow[]; now: number; timezone: string; locale: string };

const looks: Record<OrderSessionRow["status"], { icon: LucideIcon; className: string }> = {
  active: { icon: Timer, className: "bg-brand-soft text-brand-ink" },
  processed: { icon: CircleCheck, className: "bg-good-soft text-good" },
  expired: { icon: Hourglass, className: "bg-line text-ink" },
  cancelled: { icon: Ban, className: "bg-bad-soft text-bad" },
};

export function SessionBadge({ status }: Pick<OrderSessionRow, "status">) {
  const t = useTranslations("orderSessions.status");
  const { icon: Icon, className } = looks[status];
  return (
    <Badge className={className} data-testid="status" data-status={status}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {t(status)}
    </Badge>
  );
}

const msPerMinute = 60_000;

/** Whole minutes until its end, or null when that has come. */
export const minutesLeft = ({ status, expiresAt }: Pick<OrderSessionRow, "status" | "expiresAt">, now: number): number | null => {
  const left = Math.ceil((Date.parse(expiresAt) - now) / msPerMinute);
  return status === "active" && left > 0 ? left : null;
};

/** Each in a card, with why it is over. */
export function SessionCards({ sessions, now, timezone, locale }: CardsProps) {
  const t = useTranslations("orderSessions");
  const words = useTranslations("orders");
  const contents = useContents();
  return (
    <ul className="space-y-3" data-testid="order-sessions">
      {sessions.map((session) => {
        const left = minutesLeft(session, now);
        const { currency, totalMinor: amountMinor, endedBecause, orderNumber } = session;
        return (
          <li key={session.id} data-row={session.id}>
            <Link
              href={`/dashboard/orders/sessions/${session.id}`}
              prefetch={false}
              className="block space-y-1.5 rounded-2xl border border-line bg-card p-4 hover:border-edge"
            >
              <span className="flex flex-wrap items-baseline justify-between gap-x-3">
                <span className="font-semibold">
                  <bdi>{session.customer.name}</bdi>
                </span>
                <span className="tabular-nums">{formatPrice({ amountMinor, currency, locale, free: words("free") })}</span>
              </span>
              <span className="block break-words">{contents({ ...session, linesCount: session.titles.length })}</span>
              <span className="block text-muted text-sm">
                {formatShort({ instant: session.createdAt, locale, timezone })} · {t("payments", { count: session.payments })}
              </span>
              <span className="flex flex-wrap items-center gap-2">
                <SessionBadge status={session.status} />
                {left !== null && <span className="font-medium text-sm">{t("left", { minutes: left })}</span>}
                {orderNumber !== null && <span className="text-sm">{t("order", { number: orderNumber })}</span>}
                {endedBecause && <span className="text-muted text-sm">{t(`why.${endedBecause}`)}</span>}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
