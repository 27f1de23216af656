"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { formatShort, knownZone, zoneName } from "#ui/format.ts";

/**
 * Shows the visitor's own time if it differs. Only browsers know it: not in the first paint. If the
 * browser does not know its zone, the visitor may choose one.
 */
export function YourTime({ timezone, locale, start }: { timezone: string; locale: string; start: string | null }) {
  const t = useTranslations("availability");
  const [own, setOwn] = useState<string | null>(null);
  const [isUnknown, setIsUnknown] = useState(false);
  useEffect(() => {
    const found = knownZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
    setOwn(found);
    setIsUnknown(found === null);
  }, []);
  if (isUnknown) return <ZoneChoice chosen={own} onChoose={setOwn} time={own && start ? timeIn(own, start) : null} />;
  // Where the browser does not know the merchant's zone, both are shown rather than compared.
  const isSame = own !== null && knownZone(timezone) !== null && timeIn(own, start) === timeIn(timezone, start);
  if (!own || isSame) return null;
  const zone = zoneName({ timezone: own, locale, at: start ?? new Date().toISOString() });
  return <span>{start ? t("yourTime", { time: timeIn(own, start), zone }) : t("yourZone", { zone })}</span>;

  function timeIn(zone: string, instant: string | null): string {
    return formatShort({ instant: instant ?? new Date().toISOString(), locale, timezone: zone });
  }
}

function ZoneChoice({ chosen, onChoose, time }: { chosen: string | null; onChoose: (zone: string | null) => void; time: string | null }) {
  const t = useTranslations("availability");
  return (
    <span className="mt-1 block" data-testid="zone-choice">
      {time && chosen ? t("yourTime", { time, zone: chosen }) : t("zoneUnknown")}{" "}
      <select
        aria-label={t("zoneChoice")}
        value={chosen ?? ""}
        onChange={(event) => onChoose(event.target.value || null)}
        className="mt-1 block min-h-11 max-w-full rounded-xl border border-edge bg-card px-3 text-base text-ink"
      >
        <option value="">{t("zoneMerchant")}</option>
        {Intl.supportedValuesOf("timeZone").map((zone) => (
          <option key={zone} value={zone}>
            {zone.replaceAll("_", " ")}
          </option>
        ))}
      </select>
    </span>
  );
}
