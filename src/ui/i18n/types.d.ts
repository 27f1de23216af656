import type account from "#messages/account/es.json";
import type audit from "#messages/audit/es.json";
import type booking from "#messages/booking/es.json";
import type bookings from "#messages/bookings/es.json";
import type byHand from "#messages/byHand/es.json";
import type calendar from "#messages/calendar/es.json";
import type customers from "#messages/customers/es.json";
import type dashboard from "#messages/dashboard/es.json";
import type messages from "#messages/es.json";
import type firstRun from "#messages/firstRun/es.json";
import type inquiries from "#messages/inquiries/es.json";
import type keys from "#messages/keys/es.json";
import type ledger from "#messages/ledger/es.json";
import type links from "#messages/links/es.json";
import type metrics from "#messages/metrics/es.json";
import type money from "#messages/money/es.json";
import type notices from "#messages/notices/es.json";
import type payments from "#messages/payments/es.json";
import type professionals from "#messages/professionals/es.json";
import type services from "#messages/services/es.json";
import type settings from "#messages/settings/es.json";
import type shop from "#messages/shop/es.json";
import type shopDesk from "#messages/shop-desk/es.json";
import type today from "#messages/today/es.json";
import type { Locale as OurLocale } from "./locales.ts";

/** A line for each area, so that two people who add one do not meet. */
type Messages = typeof messages &
  typeof account &
  typeof audit &
  typeof booking &
  typeof bookings &
  typeof byHand &
  typeof calendar &
  typeof customers &
  typeof dashboard &
  typeof firstRun &
  typeof inquiries &
  typeof keys &
  typeof ledger &
  typeof links &
  typeof metrics &
  typeof money &
  typeof notices &
  typeof payments &
  typeof professionals &
  typeof services &
  typeof settings &
  typeof shop &
  typeof shopDesk &
  typeof today;

declare module "next-intl" {
  interface AppConfig {
    Locale: OurLocale;
    Messages: Messages;
  }
}
