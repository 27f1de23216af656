import { createTranslator } from "next-intl";
import { type Tone, toneVariant, withVariant } from "#contracts/settings/tones.ts";
import en from "#messages/mail/en.json" with { type: "json" };
import es from "#messages/mail/es.json" with { type: "json" };
import esFormal from "#messages/mail/es-formal.json" with { type: "json" };
import fr from "#messages/mail/fr.json" with { type: "json" };
import frInformal from "#messages/mail/fr-informal.json" with { type: "json" };
import pt from "#messages/mail/pt.json" with { type: "json" };
import { formatDate, formatDay, formatMoney, formatPeriod, formatShort, formatTime, regionalLocale, zoneName } from "#ui/format.ts";
import type { MailLocale } from "./mail-message.ts";

/** Spanish is the source of the keys. A catalogue that lacks one does not compile. */
const catalogues: Record<MailLocale, typeof es> = { es, en, fr, pt };

/** Only what a customer reads has a tone. */
type Reader = { locale: MailLocale; country: string; timezone: string; tone?: Tone };

const variants = { "es-formal": withVariant(es, esFormal), "fr-informal": withVariant(fr, frInformal) };

function catalogueFor(locale: MailLocale, tone: Tone): typeof es {
  const variant = toneVariant(locale, tone);
  return variant ? variants[variant] : catalogues[locale];
}

/**
 * Money and times look as on the pages. Throws for a missing text or value. A value typed by a
 * customer is never read as a pattern.
 */
export function wordsOf({ locale: language, country, timezone, tone = "usual" }: Reader) {
  const locale = regionalLocale(language, country);
  const t = createTranslator({
    locale: language,
    messages: catalogueFor(language, tone),
    timeZone: timezone,
    onError: (problem) => {
      throw problem;
    },
  });
  return {
    t,
    locale: language,
    money: (amountMinor: number, currency: string) => formatMoney({ amountMinor, currency, locale }),
    /** `lunes, 23 de noviembre de 2026, 8:00 a 8:45 a. m. (hora de Colombia)` */
    period: (start: string, end: string) =>
      `${formatPeriod({ start, end, locale, timezone })} (${zoneName({ locale, timezone, at: start })})`,
    /** `lun, 23 nov, 8:00 a. m.`, for subjects. */
    shortTime: (instant: string) => formatShort({ instant, locale, timezone }),
    /** `lunes, 23 de noviembre, 8:00 a. m. (hora de Colombia)` */
    longTime: (instant: string) =>
      `${formatDay({ instant, locale, timezone })}, ${formatTime({ instant, locale, timezone })} (${zoneName({ locale, timezone, at: instant })})`,
    time: (instant: string) => formatTime({ instant, locale, timezone }),
    /** Of a calendar date: `lunes, 23 de noviembre`. */
    date: (date: string) => formatDay({ instant: `${date}T12:00:00Z`, locale, timezone: "UTC" }),
    day: (instant: string) => formatDate({ instant, locale, timezone }),
  };
}
export type Words = ReturnType<typeof wordsOf>;

export function calendarFileName(locale: MailLocale, method: "PUBLISH" | "CANCEL"): string {
  const { calendar } = catalogues[locale];
  return `${method === "CANCEL" ? calendar.cancelledFile : calendar.file}.ics`;
}
