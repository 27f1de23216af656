"use client";

import { useTranslations } from "next-intl";
import { Select } from "../dashboard/controls.tsx";

type ZoneSelectProps = {
  zones: readonly string[];
  tenantZone: string;
  /** Empty: the tenant's. */
  value: string;
  onChange: (zone: string) => void;
  problem?: string | undefined;
};

/** Warns where the zone is not the tenant's, because hours are then read by another clock. */
export function ZoneSelect({ zones, tenantZone, value, onChange, problem }: ZoneSelectProps) {
  const t = useTranslations("professionals.zone");
  const all = value === "" || zones.includes(value) ? zones : [value, ...zones];
  const isOther = value !== "" && value !== tenantZone;
  const regions = [...new Set(all.map(regionOf))].map((region) => [region, all.filter((zone) => regionOf(zone) === region)] as const);
  return (
    <div className="space-y-2">
      <Select name="timezone" label={t("label")} value={value} onChange={({ target }) => onChange(target.value)} problem={problem}>
        <option value="">{t("tenants", { zone: tenantZone })}</option>
        {regions.map(([region, own]) => (
          <optgroup key={region} label={region}>
            {own.map((zone) => (
              <option key={zone} value={zone}>
                {zone.split("/").slice(1).join(" / ").replaceAll("_", " ") || zone}
              </option>
            ))}
          </optgroup>
        ))}
      </Select>
      {isOther && (
        <p className="rounded-xl bg-warn-soft p-3 text-sm text-warn" data-testid="zone-warning">
          {t("differs", { zone: value, tenantZone })}
        </p>
      )}
    </div>
  );
}

const regionOf = (zone: string): string => zone.split("/", 1)[0] ?? zone;
