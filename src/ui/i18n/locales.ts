export const locales = ["es", "en", "fr", "pt"] as const;
export type Locale = (typeof locales)[number];
export const sourceLocale: Locale = "es";

export const localeNames: Record<Locale, string> = { es: "Español", en: "English", fr: "Français", pt: "Português" };

export function isLocale(value: unknown): value is Locale {
  return locales.some((locale) => locale === value);
}

/** Returns the best of our languages for an Accept-Language header, or null if it names none. */
export function acceptedLocale(header: string | null): Locale | null {
  const wanted = (header ?? "")
    .split(",")
    .slice(0, 20)
    .map((part, position) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.find((parameter) => parameter.trim().startsWith("q="));
      return { language: tag.split("-")[0] ?? "", weight: quality ? Number(quality.trim().slice(2)) : 1, position };
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || a.position - b.position);
  for (const { language } of wanted) if (isLocale(language)) return language;
  return null;
}

/** Makes `es` of `es-CO`. Returns null for a language that we do not speak. */
export function localeOfTag(tag: string): Locale | null {
  const language = tag.toLowerCase().split("-")[0];
  return isLocale(language) ? language : null;
}
