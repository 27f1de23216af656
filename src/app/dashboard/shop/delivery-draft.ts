import type { ShippingKind } from "#contracts/shop-desk/limits.ts";
import type { ShippingOption, ShippingPatch } from "#contracts/shop-desk/shipping.ts";
import { amountText, readAmount } from "#ui/dashboard/amounts.ts";
import { type Locale, locales } from "#ui/i18n/locales.ts";

export type DeliveriesProps = {
  options: readonly ShippingOption[];
  locations: readonly { id: string; name: string }[];
  merchant: { locale: string; currency: string; taxPercent: number | null };
  mayChange: boolean;
  locale: string;
};

export type StepDraft = { key: string; kilos: string; price: string };
/** What is typed, as it is typed. */
export type Draft = {
  kind: ShippingKind;
  name: string;
  price: string;
  steps: StepDraft[];
  freeFrom: string;
  taxPercent: string;
  taxIncluded: boolean;
  daysMin: string;
  daysMax: string;
  locationId: string;
  translations: Partial<Record<Locale, { name: string }>>;
};

type Given = { option: ShippingOption | null; locale: string; taxPercent: number | null; locationId: string };

export function draftOf({ option, locale, taxPercent, locationId }: Given): Draft {
  const money = (minor: number) => amountText(minor, option?.currency ?? "", locale);
  const number = (value: number | null | undefined) => (value == null ? "" : String(value));
  const kilos = (grams: number) => new Intl.NumberFormat(locale, { maximumFractionDigits: 3, useGrouping: false }).format(grams / 1000);
  return {
    kind: option?.kind ?? "flat",
    name: option?.name ?? "",
    price: option ? money(option.priceMinor) : "",
    steps: option?.weightSteps.map((step) => ({
      key: String(step.upToGrams),
      kilos: kilos(step.upToGrams),
      price: money(step.priceMinor),
    })) ?? [{ key: "first", kilos: "1", price: "" }],
    freeFrom: option?.freeFromMinor ? money(option.freeFromMinor) : "",
    taxPercent: String(option ? option.taxPercent : (taxPercent ?? 0)),
    taxIncluded: option?.taxIncluded ?? true,
    daysMin: number(option?.daysMin),
    daysMax: number(option?.daysMax),
    locationId: option?.locationId ?? locationId,
    translations: option?.translations ?? {},
  };
}

type Body = Required<Omit<ShippingPatch, "version" | "isActive">>;

/** What the API takes. What cannot be read becomes -1: the server then says which field it is. */
export function bodyOf(draft: Draft, currency: string): Body {
  const { kind } = draft;
  const amount = (text: string) => readAmount(text, currency) ?? unreadable;
  return {
    name: draft.name,
    priceMinor: kind === "by_weight" || draft.price.trim() === "" ? 0 : amount(draft.price),
    weightSteps:
      kind === "by_weight" ? draft.steps.map(({ kilos, price }) => ({ upToGrams: gramsOf(kilos), priceMinor: amount(price) })) : [],
    freeFromMinor: draft.freeFrom.trim() === "" ? null : amount(draft.freeFrom),
    taxPercent: draft.taxPercent.trim() === "" ? 0 : decimal(draft.taxPercent),
    taxIncluded: draft.taxIncluded,
    daysMin: wholeOrNull(draft.daysMin),
    daysMax: wholeOrNull(draft.daysMax),
    locationId: kind === "pickup" ? draft.locationId || null : null,
    translations: Object.fromEntries(
      locales.flatMap((language) => {
        const name = draft.translations[language]?.name.trim();
        return name ? [[language, { name }]] : [];
      }),
    ),
  };
}

const unreadable = -1;
const wholeOrNull = (text: string): number | null => (text.trim() === "" ? null : /^\s*\d{1,3}\s*$/.test(text) ? Number(text) : unreadable);
const decimal = (text: string): number => (/^\s*\d{1,2}([.,]\d{1,2})?\s*$/.test(text) ? Number(text.replace(",", ".")) : unreadable);
/** Three decimals at most: the database counts grams. */
const gramsOf = (kilos: string): number =>
  /^\s*\d{1,4}([.,]\d{1,3})?\s*$/.test(kilos) ? Math.round(Number(kilos.replace(",", ".")) * 1000) : unreadable;
