import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";

/** Buyers' pages speak four languages, the pages behind them two (words.ts). */
export const languages = ["es", "en", "fr", "pt"] as const;
export type PageLanguage = (typeof languages)[number];
export type InFour = Record<PageLanguage, string>;

const names: InFour = { es: "Español", en: "English", fr: "Français", pt: "Português" };
const cookie = "simulators_page_lang";

const known = (text: string | undefined): PageLanguage | undefined =>
  languages.find((language) => text?.toLowerCase().startsWith(language));

/** `?lang=` chooses, and is remembered. Else the first known language of the browser, and Spanish. */
export function pageLanguage(c: Context): PageLanguage {
  const chosen = known(c.req.query("lang"));
  if (chosen) setCookie(c, cookie, chosen, { path: "/", sameSite: "Lax" });
  const preferred = (c.req.header("accept-language") ?? "").split(",").map((part) => known(part.trim()));
  return chosen ?? known(getCookie(c, cookie)) ?? preferred.find((language) => language !== undefined) ?? "es";
}

/** This page in each other language. */
export function languageLinks(url: string, here: PageLanguage) {
  const others = languages.filter((language) => language !== here);
  return html`<span>${others.map((language) => {
    const other = new URL(url);
    other.searchParams.set("lang", language);
    return html`<a href="${other.pathname + other.search}" hreflang="${language}" lang="${language}">${names[language]}</a> `;
  })}</span>`;
}

const locales: InFour = { es: "es-CO", en: "en-GB", fr: "fr-FR", pt: "pt-BR" };

export const timeFor = (language: PageLanguage, ms: number): string =>
  new Date(ms).toLocaleString(locales[language], { timeZone: "America/Bogota", dateStyle: "medium", timeStyle: "short" });

export const pesosFor = (language: PageLanguage, pesos: number, currency: string): string =>
  `$ ${pesos.toLocaleString(locales[language], { maximumFractionDigits: 2 })} ${currency}`;
