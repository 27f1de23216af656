import type dashboard from "#messages/dashboard/es.json";
import type messages from "#messages/es.json";
import type services from "#messages/services/es.json";
import type settings from "#messages/settings/es.json";
import type { Locale as OurLocale } from "./locales.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Messages: typeof messages & typeof dashboard & typeof services & typeof settings;
  }
}
