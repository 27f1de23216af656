import { decimalsOf, toMajor } from "#domain/money.ts";

/** Money and times as people read them. `locale` is a full tag such as `es-CO`. */

/** Makes `es-CO` of `es` and `CO`, so that pesos look like pesos. */
export function regionalLocale(language: string, country: string): string {
  return /^[A-Z]{2}$/.test(country) ? `${language}-${country}` : language;
}

type MoneyInput = { amountMinor: number; currency: string; locale: string };

/** Shows all of the currency's decimals, or none if the amount is whole. */
export function formatMoney({ amountMinor, currency, locale }: MoneyInput): string {
  const decimals = decimalsOf(currency);
  const style = {
    style: "currency",
    currency,
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    trailingZeroDisplay: "stripIfInteger",
  } as const;
  return new Intl.NumberFormat(locale, style).format(toMajor(amountMinor, currency));
}

/** Replaces a price of 0 by `free`, the page's own word for it. */
export function formatPrice({ free, ...money }: MoneyInput & { free: string }): string {
  return money.amountMinor === 0 ? free : formatMoney(money);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const formatsMax = 500;

/** Making a format costs far more than using it, and a page shows hundreds of times. */
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) {
    if (formats.size >= formatsMax) formats.clear();
    format = new Intl.DateTimeFormat(locale, options);
    formats.set(key, format);
  }
  return format;
}

type TimeInput = { instant: string; locale: string; timezone: string };

/** `8:00 a. m.` */
export function formatTime({ instant, locale, timezone }: TimeInput): string {
  return dateFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: timezone }).format(new Date(instant));
}

/** `8 a. m.`, for a column of hours. `hour` is 0 to 23. */
export function formatHour(hour: number, locale: string): string {
  return dateFormat(locale, { hour: "numeric", timeZone: "UTC" }).format(new Date(hour * 3_600_000));
}

/** `lunes, 23 de noviembre` */
export function formatDay({ instant, locale, timezone }: TimeInput): string {
  return dateFormat(locale, { weekday: "long", day: "numeric", month: "long", timeZone: timezone }).format(new Date(instant));
}

/** `lun, 23 nov, 8:00 a. m.` */
export function formatShort({ instant, locale, timezone }: TimeInput): string {
  return dateFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "numeric",
    minute: "2-digit",
    timeZone: timezone,
  }).format(new Date(instant));
}

/** `vie, 27 nov, 8:00 a. m. (hora de Colombia)`: whoever waits may live in another zone. */
export function formatShortInZone(input: TimeInput): string {
  return `${formatShort(input)} (${zoneName({ ...input, at: input.instant })})`;
}

/** `2026-11-23`, the day of an instant in a zone. */
export function dateInZone(instant: string, timezone: string): string {
  return dateFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone: timezone }).format(new Date(instant));
}

/** `lunes, 23 de noviembre de 2026, 8:00 a 8:45 a. m.` */
export function formatPeriod({ start, end, locale, timezone }: Omit<TimeInput, "instant"> & { start: string; end: string }): string {
  const options = { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit" } as const;
  return dateFormat(locale, { ...options, timeZone: timezone }).formatRange(new Date(start), new Date(end));
}

/** `23 de noviembre de 2026` */
export function formatDate({ instant, locale, timezone }: TimeInput): string {
  return dateFormat(locale, { dateStyle: "long", timeZone: timezone }).format(new Date(instant));
}

/** `sáb 28`, for a narrow column. Dates carry no zone. */
export function formatColumnDay(date: string, locale: string): string {
  return dateFormat(locale, { weekday: "short", day: "numeric", timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));
}

/** `23–29 de noviembre de 2026`. Dates carry no zone. */
export function formatDates({ from, to, locale }: { from: string; to: string; locale: string }): string {
  const [start, end] = [from, to].map((date) => new Date(`${date}T12:00:00Z`)) as [Date, Date];
  return dateFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).formatRange(start, end);
}

/** The hour of an instant in a zone, 0 to 23. */
export function hourInZone(instant: string, timezone: string): number {
  return Number(dateFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: timezone }).format(new Date(instant)));
}

type ZoneInput = { timezone: string; locale: string; at: string };

/** Returns `hora de Colombia`. A region may say `COT` for its own zone, the language does not. */
export function zoneName(zone: ZoneInput): string {
  const [language = zone.locale] = zone.locale.split("-");
  const places = [zone.locale, language].map((locale) => zoneNamed({ ...zone, locale }, "shortGeneric"));
  return places.find(isForPeople) ?? zoneNamed(zone, "longGeneric");
}

function zoneNamed({ timezone, locale, at }: ZoneInput, timeZoneName: "shortGeneric" | "longGeneric"): string {
  const parts = dateFormat(locale, { timeZone: timezone, timeZoneName }).formatToParts(new Date(at));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timezone;
}

/** Neither letters and an offset (`ET`, `GMT-5`) nor French's list style (`heure : France`). */
const isForPeople = (name: string): boolean => /\p{Ll}/u.test(name) && !name.includes(":");

/** The zone, if this machine knows it: browsers say `Etc/Unknown`, or are older than a zone. */
export function knownZone(timezone: string | undefined): string | null {
  if (!timezone || timezone === "Etc/Unknown") return null;
  try {
    return dateFormat("en", { timeZone: timezone }) && timezone;
  } catch {
    return null;
  }
}

/** Dates carry no zone. */
/** `Colombia`. What has no name is told by its code. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
