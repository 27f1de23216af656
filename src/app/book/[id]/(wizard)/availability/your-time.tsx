"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { formatShort, zoneName } from "#ui/format.ts";

/** Shows the visitor's time zone if it differs. Only browsers know it: not in the first paint. */
export function YourTime({ timezone, locale, start }: { timezone: string; locale: string; start: string | null }) {
  const t = useTranslations("availability");
  const [own, setOwn] = useState<string | null>(null);
  useEffect(() => {
    const resolved = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const at = start ?? new Date().toISOString();
    const shown = (zone: string) => formatShort({ instant: at, locale, timezone: zone });
    setOwn(resolved && shown(resolved) !== shown(timezone) ? resolved : null);
  }, [start, timezone, locale]);
  if (!own) return null;
  const zone = zoneName({ timezone: own, locale, at: start ?? new Date().toISOString() });
  return (
    <span>{start ? t("yourTime", { time: formatShort({ instant: start, locale, timezone: own }), zone }) : t("yourZone", { zone })}</span>
  );
}
