import { cookies, headers } from "next/headers";
import { getRequestConfig } from "next-intl/server";
import { type Tone, toneVariant, withVariant } from "#contracts/settings/tones.ts";
import { areaPaths, areas, shopPaths } from "#ui/i18n/areas.ts";
import { acceptedLocale, isLocale, type Locale, localeOfTag, sourceLocale } from "#ui/i18n/locales.ts";
import { bookingOptionsOf, toneOfBooking } from "./booking-options.ts";
import { shopOf } from "./shop/reads.ts";

export default getRequestConfig(async () => {
  const locale = await visitorsLocale();
  const path = (await headers()).get("x-path") ?? "";
  const tone = await merchantsTone(path);
  const messages = await messagesIn(locale, tone);
  return { locale, messages: await withArea(messages, { path, locale, tone }), timeZone: "UTC" };
});

/** The id in `/order/confirmed/…` and `/co/order/confirmed/…`. */
const orderIn = (path: string): string | undefined => /^(?:\/[a-z]{2})?\/order\/confirmed\/([^/]+)/.exec(path)?.[1];

/** A shop says some of what bookings say in words of its own. */
async function withArea(messages: object, { path, locale, tone }: { path: string; locale: Locale; tone: Tone }): Promise<object> {
  if (areaPaths.test(path)) return { ...messages, ...(await areaMessages(locale)) };
  return shopPaths.test(path) ? withVariant(messages, await messagesIn(locale, tone, "shop/")) : messages;
}

async function messagesIn(locale: Locale, tone: Tone, area: "" | "shop/" = ""): Promise<object> {
  const { default: messages } = await import(`../../messages/${area}${locale}.json`);
  const variant = toneVariant(locale, tone);
  if (!variant) return messages;
  const { default: texts } = await import(`../../messages/${area}${variant}.json`);
  return withVariant(messages, texts);
}

/** Their address has a booking's id, and no link. */
const ofBookings: ReadonlySet<string> = new Set(["confirm", "move", "cancel"]);

/** Of the pages that a merchant's customers see. */
async function merchantsTone(path: string): Promise<Tone> {
  const [, area, id, page] = path.split("/");
  const order = orderIn(path);
  if (order) return toneOfBooking(order);
  if (!id) return "usual";
  if (area === "shop") return (await shopOf(id))?.tenant.tone ?? "usual";
  if (area !== "book" && area !== "terms") return "usual";
  if (page && ofBookings.has(page)) return toneOfBooking(id);
  const found = await bookingOptionsOf(id);
  return found.ok ? found.page.tone : "usual";
}

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
  const slug = /^\/shop\/([^/]+)/.exec(path ?? "")?.[1];
  if (slug) return localeOfTag((await shopOf(slug))?.shop.locale ?? "");
  const link = /^\/book\/([^/]+)/.exec(path ?? "")?.[1];
  if (!link || ofBookings.has(path?.split("/")[3] ?? "")) return null;
  const found = await bookingOptionsOf(link);
  return found.ok ? localeOfTag(found.options.tenant.locale) : null;
}
