import type { ByHandChoices } from "#queries/desk/by-hand-choices.ts";
import { type Draft, moneyOf, type Service } from "./draft.ts";
import { endOf, isEndFit, latestEnd } from "./link-end.ts";

export type Wish = {
  serviceId: string;
  professionalId: string;
  start: string;
  ignoreHours: boolean;
  customer: { name: string; email: string; phone: string };
  locale: "es" | "en" | "fr" | "pt";
  priceMinor: number;
  charge?: "total";
  note?: string;
  payment?: { by: "link"; endsAt: string; mail: boolean } | { by: "on_site"; method: Draft["method"]; reference?: string };
};

type Given = { draft: Draft; service: Service; choices: ByHandChoices; now: number };
const locales = ["es", "en", "fr", "pt"] as const;

/** What the API is asked for, or the fields that must be filled in first. */
export function wishOf({ draft, service, choices, now }: Given): { wish: Wish | null; missing: string[] } {
  const { serviceId, professionalId, start, ignoresHours } = draft;
  const { priceMinor, dueMinor } = moneyOf(draft, service);
  const [name, email, phone] = [draft.name.trim(), draft.email.trim(), draft.phone.trim()];
  const payment = dueMinor > 0 ? paymentOf({ draft, service, choices, now }) : undefined;
  const missing = [
    start === null && "start",
    name.length < 2 && "name",
    !/^\S+@\S+\.\S+$/.test(email) && "email",
    phone.length < 5 && "phone",
    priceMinor === null && "price",
    payment === null && "end",
  ].filter((field) => field !== false);
  if (missing.length > 0 || start === null || priceMinor === null || payment === null) return { wish: null, missing };
  const wish: Wish = {
    ...{ serviceId, professionalId, start, priceMinor, ignoreHours: ignoresHours, customer: { name, email, phone } },
    locale: locales.find((one) => one === draft.locale) ?? "es",
    ...(draft.isWhole && { charge: "total" as const }),
    ...(draft.note.trim() && { note: draft.note.trim() }),
    ...(payment && { payment }),
  };
  return { wish, missing };
}

/** Returns null if the link's end is none that it may have. */
function paymentOf({ draft, choices, now }: Given): NonNullable<Wish["payment"]> | null {
  const { way, method, reference, mails } = draft;
  if (way === "on_site") return { by: "on_site", method, ...(reference.trim() && { reference: reference.trim() }) };
  const end = endOf(draft, { now, timezone: choices.timezone });
  const latest = latestEnd(draft.start, { now, linkMinutesBefore: choices.linkMinutesBefore });
  return isEndFit(end, { now, latest }) ? { by: "link", endsAt: new Date(end).toISOString(), mail: mails } : null;
}
