import type { OnSiteMethod } from "#contracts/desk/limits.ts";
import type { ByHandChoices } from "#queries/desk/by-hand-choices.ts";
import { amountNow, hasOddCents, readAmount } from "#ui/dashboard/amounts.ts";
import type { LinkEnd } from "./link-end.ts";

export type Service = ByHandChoices["services"][number];

/** What somebody has typed and chosen. Amounts are text until they are sent. */
export type Draft = {
  serviceId: string;
  professionalId: string;
  /** The date that is looked at, until there is a time. */
  day: string;
  /** An instant; null until there is one. */
  start: string | null;
  ignoresHours: boolean;
  name: string;
  email: string;
  phone: string;
  locale: string;
  price: string;
  isWhole: boolean;
  way: "link" | "on_site";
  end: LinkEnd;
  /** For an end that is typed: a date and a time of the merchant's clock. */
  endDay: string;
  endTime: string;
  mails: boolean;
  method: OnSiteMethod;
  reference: string;
  note: string;
};

type Asked = { professional?: string | undefined; start?: string | undefined };

/** As the page begins: with what the address names, else with the first of each. */
export function draftOf(choices: ByHandChoices, asked: Asked, now: number): Draft {
  const professional = choices.professionals.find(({ id }) => id === asked.professional) ?? choices.professionals[0];
  const service = choices.services.find(({ id }) => professional?.serviceIds.includes(id)) ?? choices.services[0];
  const start = Date.parse(asked.start ?? "");
  return {
    serviceId: service?.id ?? "",
    professionalId: professional?.id ?? "",
    day: "",
    start: start > now - 86_400_000 ? new Date(start).toISOString() : null,
    ignoresHours: false,
    ...{ name: "", email: "", phone: "" },
    locale: choices.locale,
    price: "",
    isWhole: false,
    way: choices.hasProvider ? "link" : "on_site",
    ...{ end: "4h", endDay: "", endTime: "" },
    mails: true,
    method: "cash",
    ...{ reference: "", note: "" },
  };
}

/** In minor units. `price` is null if it is no amount; an empty field means the service's own. */
export function moneyOf({ price, isWhole }: Draft, service: Service): { priceMinor: number | null; dueMinor: number } {
  const typed = price.trim() === "" ? service.priceMinor : readAmount(price, service.currency);
  const priceMinor = typed === null || hasOddCents(typed, service.currency) ? null : typed;
  const chargeType = isWhole ? "total" : service.chargeType;
  return { priceMinor, dueMinor: priceMinor === null ? 0 : amountNow({ ...service, priceMinor, chargeType }) };
}
