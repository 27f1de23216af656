"use client";

import { CalendarSync, CalendarX } from "lucide-react";
import { useTranslations } from "next-intl";
import { withQuery } from "#app/book/address.ts";
import type { BookingState } from "#contracts/checkout.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { formatDay, formatTime } from "#ui/format.ts";

type OwnChangesProps = { booking: { id: string; token: string }; state: BookingState; locale: string; now: number };

/** What the customer may still do without asking. Shows nothing when nothing is left. */
export function OwnChanges({ booking, state, locale, now }: OwnChangesProps) {
  const t = useTranslations("ownChanges");
  const { moveUntil, cancelUntil } = state.ownChanges;
  const until = (end: string) =>
    t("until", {
      until: `${formatDay({ instant: end, locale, timezone: state.timezone })}, ${formatTime({ instant: end, locale, timezone: state.timezone })}`,
    });
  const ways = [
    { page: "move", end: moveUntil, icon: CalendarSync },
    { page: "cancel", end: cancelUntil, icon: CalendarX },
  ] as const;
  const open = ways.flatMap(({ end, ...way }) => (end !== null && Date.parse(end) > now ? [{ ...way, end }] : []));
  if (open.length === 0) return null;
  return (
    <Card aria-labelledby="own-changes" className="space-y-4" data-testid="own-changes">
      <h2 id="own-changes" className="font-semibold">
        {t("title")}
      </h2>
      {open.map(({ page, end, icon: Icon }) => (
        <div key={page}>
          <a
            href={withQuery(`/book/${booking.id}/${page}`, { token: booking.token })}
            data-testid={`own-${page}-link`}
            className={buttonStyles({ look: "outline", wide: true })}
          >
            <Icon aria-hidden className="size-5" />
            {t(`${page}.link`)}
          </a>
          <p className="mt-1 text-muted text-sm">{until(end)}</p>
        </div>
      ))}
    </Card>
  );
}
