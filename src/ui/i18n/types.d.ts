import type audit from "#messages/audit/es.json";
import type dashboard from "#messages/dashboard/es.json";
import type messages from "#messages/es.json";
import type keys from "#messages/keys/es.json";
import type payments from "#messages/payments/es.json";
import type settings from "#messages/settings/es.json";
import type { Locale as OurLocale } from "./locales.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Messages: typeof messages & typeof dashboard & typeof settings & typeof payments & typeof keys & typeof audit;
  }
}
