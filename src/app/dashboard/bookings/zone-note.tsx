"use client";

import { useTranslations } from "next-intl";
import { useSyncExternalStore } from "react";
import { zoneName } from "#ui/format.ts";

const never = () => () => {};

/** Names the zone of the hours for somebody who looks from another one. */
export function ZoneNote({ timezone, locale }: { timezone: string; locale: string }) {
  const t = useTranslations("bookings");
  const own = useSyncExternalStore(
    never,
    () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    () => timezone,
  );
  if (own === timezone) return null;
  return (
    <p className="mb-3 text-muted text-sm" data-testid="zone">
      {t("zone", { zone: zoneName({ timezone, locale, at: new Date().toISOString() }) })}
    </p>
  );
}
