import { createTranslator } from "next-intl";
import { decimalsOf, toMajor } from "#domain/money.ts";
import en from "#messages/mail/en.json" with { type: "json" };
import es from "#messages/mail/es.json" with { type: "json" };
import fr from "#messages/mail/fr.json" with { type: "json" };
import pt from "#messages/mail/pt.json" with { type: "json" };
import type { MailLocale } from "./mail-message.ts";

/** Spanish is the source of the keys. A catalogue that lacks one does not compile. */
const catalogues: Record<MailLocale, typeof es> = { es, en, fr, pt };

/** Throws for a missing text or value. A value typed by a customer is never read as a pattern. */
export function wordsOf(locale: MailLocale, timezone: string) {
  const t = createTranslator({
    locale,
    messages: catalogues[locale],
    timeZone: timezone,
    onError: (problem) => {
      throw problem;
    },
  });
  return {
    t,
    locale,
    money: (amountMinor: number, currency: string) => moneyText(locale, amountMinor, currency),
    /** `lunes, 23 de noviembre de 2026, 8:00–8:45 (hora de Colombia)` */
    period: (start: string, end: string) => {
      const times = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: timezone });
      return `${times.formatRange(new Date(start), new Date(end))} (${zoneName(locale, timezone, start)})`;
    },
    /** `23 nov, 8:00`, for subjects. */
    shortTime: (instant: string) =>
      new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZone: timezone }).format(
        new Date(instant),
      ),
    /** `23 de noviembre de 2026` */
    day: (instant: string) => new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: timezone }).format(new Date(instant)),
  };
}
export type Words = ReturnType<typeof wordsOf>;

/** Shows the ISO code, because `$` means another currency in every country. */
function moneyText(locale: MailLocale, amountMinor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const style = {
    style: "currency",
    currency,
    currencyDisplay: "code",
    useGrouping: "always",
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    trailingZeroDisplay: "stripIfInteger",
  } as const;
  return new Intl.NumberFormat(locale, style).format(toMajor(amountMinor, currency));
}

function zoneName(locale: MailLocale, timezone: string, instant: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: timezone, timeZoneName: "longGeneric" }).formatToParts(new Date(instant));
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timezone;
}
