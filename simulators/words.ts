import { AsyncLocalStorage } from "node:async_hooks";
import type { Context, Next } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { html } from "hono/html";
import { english } from "./english.ts";

type Language = "es" | "en";
/** `other` is this page in the other language, if it can be asked for again. */
const asked = new AsyncLocalStorage<{ language: Language; other: string | null }>();
const cookie = "simulators_lang";

export const language = (): Language => asked.getStore()?.language ?? "es";

/** The pages are written in Spanish. Every text that they say is also in english.ts. */
export const say = (spanish: keyof typeof english): string => (language() === "en" ? english[spanish] : spanish);

/** For a text that the simulated service says: unchanged if it is not in english.ts. */
export const translated = (text: string): string =>
  language() === "en" ? (Object.entries(english).find(([spanish]) => spanish === text)?.[1] ?? text) : text;

/** `?lang=` chooses, and is remembered. Else what the browser prefers, and Spanish. */
export async function inLanguage(c: Context, next: Next): Promise<void> {
  const chosen = c.req.query("lang");
  if (chosen !== undefined) setCookie(c, cookie, chosen === "en" ? "en" : "es", { path: "/", sameSite: "Lax" });
  const preferred = chosen ?? getCookie(c, cookie) ?? c.req.header("accept-language") ?? "";
  const here: Language = /^en/i.test(preferred) ? "en" : "es";
  const other = new URL(c.req.url);
  other.searchParams.set("lang", here === "en" ? "es" : "en");
  await asked.run({ language: here, other: c.req.method === "GET" ? other.pathname + other.search : null }, next);
}

export function languageLink() {
  const other = asked.getStore()?.other;
  if (!other) return "";
  const [name, code] = language() === "en" ? ["Español", "es"] : ["English", "en"];
  return html`<a href="${other}" hreflang="${code}" lang="${code}">${name}</a>`;
}
