import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { areaPaths, areas } from "#ui/i18n/areas.ts";
import { acceptedLocale, isLocale, type Locale, localeOfTag, sourceLocale } from "#ui/i18n/locales.ts";
import { bookingOptionsOf } from "./booking-options.ts";

export default getRequestConfig(async () => {
  const locale = await visitorsLocale();
  const { default: messages } = await import(`../../messages/${locale}.json`);
  const more = areaPaths.test((await headers()).get("x-path") ?? "") ? await areaMessages(locale) : {};
  return { locale, messages: { ...messages, ...more }, timeZone: "UTC" };
});

async function areaMessages(locale: Locale): Promise<object> {
  const parts = await Promise.all(areas.map((area) => import(`../../messages/${area}/${locale}.json`)));
  return Object.assign({}, ...parts.map((part: { default: object }) => part.default));
}

/** The order: `?lang=`, the cookie, the browser's languages, the merchant's language, Spanish. */
async function visitorsLocale(): Promise<Locale> {
  const requestHeaders = await headers();
  const chosen = requestHeaders.get("x-locale") ?? (await cookies()).get("locale")?.value;
  if (isLocale(chosen)) return chosen;
  return acceptedLocale(requestHeaders.get("accept-language")) ?? (await merchantsLocale(requestHeaders.get("x-path"))) ?? sourceLocale;
}

async function merchantsLocale(path: string | null): Promise<Locale | null> {
  const link = /^\/book\/([^/]+)/.exec(path ?? "")?.[1];
  if (!link || path?.endsWith("/confirm")) return null;
  const found = await bookingOptionsOf(link);
  return found.ok ? localeOfTag(found.options.tenant.locale) : null;
}
