import type { Discount, DiscountPatch } from "#contracts/shop-desk/discounts.ts";
import { amountText, readAmount } from "#ui/dashboard/amounts.ts";
import { firstDay, lastDay } from "./days.ts";

export type DiscountsProps = {
  discounts: readonly Discount[];
  products: readonly { id: string; title: string }[];
  mayChange: boolean;
  currency: string;
  timezone: string;
  locale: string;
};

/** What is typed, as it is typed. */
export type Draft = {
  code: string;
  kind: "percent" | "amount";
  percent: string;
  amount: string;
  startsOn: string;
  endsOn: string;
  usesMax: string;
  perCustomer: string;
  minimum: string;
  isForAll: boolean;
  productIds: string[];
};

type Around = { locale: string; timezone: string };

export function draftOf(discount: Discount | null, { locale, timezone }: Around): Draft {
  const money = (minor: number | null | undefined) => (minor == null ? "" : amountText(minor, discount?.currency ?? "", locale));
  const number = (value: number | null | undefined) => (value == null ? "" : String(value));
  return {
    code: discount?.code ?? "",
    kind: discount && discount.amountMinor !== null ? "amount" : "percent",
    percent: number(discount ? discount.percent : 10),
    amount: money(discount?.amountMinor),
    startsOn: firstDay(discount?.startsAt ?? null, timezone),
    endsOn: lastDay(discount?.endsAt ?? null, timezone),
    usesMax: number(discount?.usesMax),
    perCustomer: number(discount?.usesPerCustomerMax),
    minimum: money(discount?.minimumMinor),
    isForAll: !discount?.productIds,
    productIds: discount?.productIds ?? [],
  };
}

type Body = Omit<DiscountPatch, "version">;

/** What the API takes. What cannot be read becomes -1: the server then says which field it is. */
export function bodyOf(draft: Draft, currency: string): Body & { code: string } {
  const { kind, percent, amount, minimum } = draft;
  return {
    code: draft.code,
    ...(kind === "percent" ? { percent: decimal(percent) } : { amountMinor: readAmount(amount, currency) ?? unreadable }),
    startsAt: draft.startsOn || null,
    endsAt: draft.endsOn || null,
    usesMax: wholeOrNull(draft.usesMax),
    usesPerCustomerMax: wholeOrNull(draft.perCustomer),
    minimumMinor: minimum.trim() === "" ? null : (readAmount(minimum, currency) ?? unreadable),
    productIds: draft.isForAll ? null : draft.productIds,
  };
}

/** Only what differs: a day that was not touched stays the moment that it was. */
export function changesOf(before: Body, after: Body): Body {
  const old = new Map(Object.entries(before));
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => JSON.stringify(old.get(key)) !== JSON.stringify(value)));
}

const unreadable = -1;
const wholeOrNull = (text: string): number | null => (text.trim() === "" ? null : /^\s*\d{1,7}\s*$/.test(text) ? Number(text) : unreadable);
const decimal = (text: string): number =>
  /^\s*\d{1,3}([.,]\d{1,2})?\s*%?\s*$/.test(text) ? Number.parseFloat(text.replace(",", ".")) : unreadable;
