import type { Product, ProductPatch, Variant } from "#contracts/shop-desk/products.ts";
import { amountText, readAmount } from "#ui/dashboard/amounts.ts";
import { type Locale, locales } from "#ui/i18n/locales.ts";

export type VariantDraft = {
  /** Of the row on the page; a saved variant has an id too. */
  key: string;
  id?: string;
  title: string;
  sku: string;
  price: string;
  weight: string;
  /** Of a new one: what is there at first. */
  pieces: string;
  isEndless: boolean;
  lowAt: string;
};

/** What is typed, as it is typed. */
export type Draft = {
  title: string;
  description: string;
  category: string;
  imageUrls: string[];
  taxPercent: string;
  taxIncluded: boolean;
  isDigital: boolean;
  perOrderMax: string;
  isActive: boolean;
  translations: Partial<Record<Locale, { title: string; description: string }>>;
  variants: VariantDraft[];
};
export type Setter = (change: Partial<Draft>) => void;
/** What every section of the form gets. */
export type FormParts = {
  draft: Draft;
  set: Setter;
  /** In words, if the server refuses this field or a part of it. */
  problem: (field: string) => string | undefined;
  currency: string;
  locale: string;
};

type Money = { currency: string; locale: string };

export function draftOf(product: Product, { locale }: Money): Draft {
  const { title, description, category, imageUrls, taxPercent, taxIncluded, isDigital, perOrderMax, isActive, translations } = product;
  return {
    ...{ title, description, imageUrls, taxIncluded, isDigital, isActive, translations },
    category: category ?? "",
    taxPercent: String(taxPercent),
    perOrderMax: perOrderMax === null ? "" : String(perOrderMax),
    variants: product.variants.map((variant) => variantDraftOf(variant, locale)),
  };
}

function variantDraftOf({ id, title, sku, priceMinor, currency, weightGrams, onHand, lowStockAt }: Variant, locale: string): VariantDraft {
  return {
    ...{ key: id, id, title, sku: sku ?? "", pieces: "" },
    price: amountText(priceMinor, currency, locale),
    weight: weightGrams === 0 ? "" : String(weightGrams),
    isEndless: onHand === null,
    lowAt: lowStockAt === null ? "" : String(lowStockAt),
  };
}

export const emptyVariant = (key: string): VariantDraft => ({
  ...{ key, title: "", sku: "", price: "", weight: "", pieces: "", isEndless: false, lowAt: "" },
});

export function emptyDraft(taxPercent: number | null): Draft {
  return {
    ...{ title: "", description: "", category: "", imageUrls: [], taxPercent: String(taxPercent ?? 0), taxIncluded: true },
    ...{ isDigital: false, perOrderMax: "", isActive: true, translations: {}, variants: [emptyVariant("first")] },
  };
}

type Body = Required<Omit<ProductPatch, "version">>;

/** What the API takes. What cannot be read becomes -1: the server then says which field it is. */
export function bodyOf(draft: Draft, currency: string): Body {
  return {
    title: draft.title,
    description: draft.description,
    category: draft.category.trim() || null,
    imageUrls: draft.imageUrls,
    taxPercent: draft.taxPercent.trim() === "" ? 0 : decimal(draft.taxPercent),
    taxIncluded: draft.taxIncluded,
    isDigital: draft.isDigital,
    perOrderMax: wholeOrNull(draft.perOrderMax),
    isActive: draft.isActive,
    translations: Object.fromEntries(
      locales.flatMap((language) => {
        const words = draft.translations[language];
        return words && (words.title.trim() || words.description.trim()) ? [[language, words]] : [];
      }),
    ),
    variants: draft.variants.map((variant) => variantOf(variant, { currency, isDigital: draft.isDigital })),
  };
}

function variantOf(variant: VariantDraft, { currency, isDigital }: { currency: string; isDigital: boolean }): Body["variants"][number] {
  const { id, title, sku, price, weight, pieces, isEndless, lowAt } = variant;
  const isNew = id === undefined;
  return {
    ...(id !== undefined && { id }),
    title,
    sku: sku.trim() || null,
    priceMinor: readAmount(price, currency) ?? unreadable,
    weightGrams: weight.trim() === "" ? 0 : whole(weight),
    lowStockAt: isEndless || isDigital ? null : wholeOrNull(lowAt),
    ...(isNew && { onHand: isEndless || isDigital ? null : pieces.trim() === "" ? 0 : whole(pieces) }),
    ...(!isNew && isEndless && { onHand: null }),
  };
}

/** Only what differs, so that what somebody else saved meanwhile stays. */
export function changesOf(before: Body, after: Body): Partial<Body> {
  const old = new Map(Object.entries(before));
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => JSON.stringify(old.get(key)) !== JSON.stringify(value)));
}

const unreadable = -1;
const whole = (text: string): number => (/^\s*\d{1,9}\s*$/.test(text) ? Number(text) : unreadable);
const wholeOrNull = (text: string): number | null => (text.trim() === "" ? null : whole(text));
const decimal = (text: string): number => (/^\s*\d{1,2}([.,]\d{1,2})?\s*$/.test(text) ? Number(text.replace(",", ".")) : unreadable);
