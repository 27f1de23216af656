import { createTranslator } from "next-intl";
import en from "#messages/evidence/en.json" with { type: "json" };
import es from "#messages/evidence/es.json" with { type: "json" };
import fr from "#messages/evidence/fr.json" with { type: "json" };
import pt from "#messages/evidence/pt.json" with { type: "json" };
import { formatDate, formatMoney, formatTime, regionalLocale, zoneName } from "../format.ts";

/** Spanish is the source of the keys. A catalogue that lacks one does not compile. */
const catalogues: Record<Language, typeof es> = { es, en, fr, pt };
const languages = ["es", "en", "fr", "pt"] as const;
type Language = (typeof languages)[number];

type Reader = { language: string; country: string; timezone: string };

/** For files, which are made where no page is. */
export function documentWords({ language, country, timezone }: Reader) {
  const known = languages.find((one) => one === language) ?? "es";
  const { evidence } = catalogues[known];
  const locale = regionalLocale(known, country);
  const lookUp = (words: Readonly<Record<string, string>>) => (word: string) => words[word] ?? word;
  return {
    t: createTranslator({ locale: known, messages: { evidence }, namespace: "evidence", timeZone: timezone }),
    mail: lookUp(evidence.mail),
    event: (kind: string) => lookUp(evidence.event)(kind.replaceAll(".", "_")),
    state: lookUp(evidence.state),
    refund: lookUp(evidence.refundState),
    attendance: lookUp(evidence.attendanceWord),
    status: lookUp(evidence.status),
    money: (amountMinor: number, currency: string) => formatMoney({ amountMinor, currency, locale }),
    /** With its zone, because a bank reads it somewhere else. */
    at: (instant: string) =>
      `${formatDate({ instant, locale, timezone })}, ${formatTime({ instant, locale, timezone })} (${zoneName({ locale, timezone, at: instant })})`,
  };
}
export type DocumentWords = ReturnType<typeof documentWords>;
