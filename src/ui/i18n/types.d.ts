import type dashboard from "#messages/dashboard/es.json";
import type messages from "#messages/es.json";
import type professionals from "#messages/professionals/es.json";
import type settings from "#messages/settings/es.json";
import type { Locale as OurLocale } from "./locales.ts";

/** A line for each area, so that two people who add one do not meet. */
type Messages = typeof messages & typeof dashboard & typeof professionals & typeof settings;

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Messages: Messages;
  }
}
