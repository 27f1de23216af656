import { useFormatter } from "next-intl";

/** Nothing for a share of nothing. One decimal below ten percent, where it matters. */
export function usePercent(): (share: number | null) => string {
  const format = useFormatter();
  return (share) =>
    share === null ? "" : format.number(share, { style: "percent", maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 });
}

const units = [
  { unit: "day", ms: 86_400_000 },
  { unit: "hour", ms: 3_600_000 },
  { unit: "minute", ms: 60_000 },
  { unit: "second", ms: 1000 },
] as const;

/** `42 ms`, `1,8 s`, `2 min`: the largest unit that is not less than one and a half. */
export function formatDuration(ms: number, locale: string): string {
  const { unit, ms: length } = units.find((one) => ms >= 1.5 * one.ms) ?? { unit: "millisecond", ms: 1 };
  const value = ms / length;
  const maximumFractionDigits = value < 10 && unit !== "millisecond" ? 1 : 0;
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits }).format(value);
}
