"use client";

import { CalendarMinus, CalendarPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import type { OpeningExceptionAnswer } from "#contracts/openings.ts";
import { Alert } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { formatDate, formatShort, formatTime, sentenceCase } from "#ui/format.ts";

type ItemProps = { exception: OpeningExceptionAnswer; timezone: string; locale: string; onRemove: () => void };

export function ExceptionItem({ exception, timezone, locale, onRemove }: ItemProps) {
  const t = useTranslations("professionals.exceptions");
  const { kind, from, to, startsAt, endsAt, note } = exception;
  const Icon = kind === "closed" ? CalendarMinus : CalendarPlus;
  // Dates and clocks have no zone of their own: read as UTC they stay what they are.
  const day = (date: string) => formatDate({ instant: `${date}T12:00:00Z`, locale, timezone: "UTC" });
  const clock = (time: string) => formatTime({ instant: `2026-01-01T${time.replace("24:", "00:")}:00Z`, locale, timezone: "UTC" });
  const dates = from === to ? day(from) : t("dates", { from: day(from), to: day(to) });
  const times = startsAt && endsAt ? t("times", { from: clock(startsAt), to: clock(endsAt) }) : t("allDayShort");
  const what = `${t(kind)}, ${dates}, ${times}`;
  return (
    <li className="py-4" data-testid={`exception-${kind}`}>
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-1">
        <div className="flex min-w-0 gap-3">
          <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-brand-ink" />
          <div className="min-w-0">
            <p className="font-medium">
              {t(kind)}: {dates}, {times}
            </p>
            {note && (
              <p className="break-words text-muted text-sm">
                <bdi>{note}</bdi>
              </p>
            )}
          </div>
        </div>
        <Button look="quiet" onClick={onRemove} aria-label={t("removeOf", { what })}>
          {t("remove")}
        </Button>
      </div>
      <InTheWay exception={exception} timezone={timezone} locale={locale} />
    </li>
  );
}

function InTheWay({ exception, timezone, locale }: Omit<ItemProps, "onRemove">) {
  const t = useTranslations("professionals.exceptions");
  const { bookings, bookingsCount, holdsCount, isCovered } = exception;
  if (isCovered)
    return (
      <Alert tone="warn" className="mt-3">
        <p>{t("covered")}</p>
      </Alert>
    );
  if (bookingsCount + holdsCount === 0) return null;
  const more = bookingsCount - (bookings?.length ?? 0);
  return (
    <Alert
      tone="warn"
      className="mt-3"
      title={bookingsCount > 0 ? t("inTheWay", { count: bookingsCount }) : undefined}
      data-testid="in-the-way"
    >
      {bookingsCount > 0 && <p>{t("inTheWayText")}</p>}
      {bookings && bookings.length > 0 && (
        <ul className="space-y-1">
          {bookings.map(({ id, start, serviceName, customerName }) => (
            <li key={id} className="break-words">
              <strong>{sentenceCase(formatShort({ instant: start, locale, timezone }))}</strong>{" "}
              <bdi>{t("with", { service: serviceName, customer: customerName })}</bdi>
            </li>
          ))}
        </ul>
      )}
      {bookings && more > 0 && <p>{t("more", { count: more })}</p>}
      {holdsCount > 0 && <p>{t("holds", { count: holdsCount })}</p>}
    </Alert>
  );
}
