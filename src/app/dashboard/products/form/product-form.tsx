"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Product } from "#contracts/shop-desk/products.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { useFocusOnWrong, useKeyForBody, useLeaveWarning } from "#ui/dashboard/form/guards.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { bodyOf, changesOf, draftOf, emptyDraft, type Setter } from "./draft.ts";
import { fieldWordOf } from "./field-words.ts";
import { PicturesSection } from "./pictures-section.tsx";
import { SaleSection } from "./sale-section.tsx";
import { VariantsSection } from "./variants-section.tsx";
import { WordsSection } from "./words-section.tsx";

export type ProductFormProps = {
  /** Null for a new one. */
  product: Product | null;
  categories: readonly string[];
  merchant: { locale: string; currency: string; taxPercent: number | null };
  locale: string;
};

/** New and edit are one form. The server alone decides, and says which field is wrong. */
export function ProductForm({ product, categories, merchant, locale }: ProductFormProps) {
  const t = useTranslations("shopDesk.form");
  const router = useRouter();
  const toast = useToast();
  const saving = useSaving();
  const { currency } = merchant;
  const money = { currency, locale };
  const [base, setBase] = useState(() => ({
    draft: product ? draftOf(product, money) : emptyDraft(merchant.taxPercent),
    version: product?.version ?? 0,
  }));
  const [draft, setDraft] = useState(base.draft);
  const set: Setter = (change) => setDraft((before) => ({ ...before, ...change }));
  const isChanged = JSON.stringify(draft) !== JSON.stringify(base.draft);
  const { wrong } = saving;
  useLeaveWarning(isChanged && !saving.isSaving);
  useFocusOnWrong(wrong);
  const keyFor = useKeyForBody();
  const problem = (field: string) =>
    wrong.some((path) => path === field || path.startsWith(`${field}.`)) ? t(`problems.${fieldWordOf(field)}`) : undefined;

  function create() {
    const json = bodyOf(draft, currency);
    return answerOf(api.products.$post({ json, header: { "idempotency-key": keyFor(JSON.stringify(json)) } }));
  }
  function update(id: string) {
    const changes = changesOf(bodyOf(base.draft, currency), bodyOf(draft, currency));
    return answerOf(api.products[":id"].$patch({ param: { id }, json: { version: base.version, ...changes } }));
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    void saving.save<Product>(
      () => (product ? update(product.id) : create()),
      (now) => {
        toast(t(product ? "saved" : "created", { title: now.title }));
        const kept = draftOf(now, money);
        setBase({ draft: kept, version: now.version });
        setDraft(kept);
        if (!product) router.push(`/dashboard/products/${now.id}`);
      },
    );
  }

  const parts = { draft, set, problem, currency, locale };
  return (
    <form noValidate data-testid="product-form" className="space-y-6" onSubmit={submit}>
      <WordsSection {...parts} categories={categories} merchantLocale={merchant.locale} />
      <PicturesSection {...parts} />
      <VariantsSection {...parts} product={product} />
      <SaleSection {...parts} />
      <div className="sticky bottom-0 z-10 -mx-4 border-line border-t bg-paper px-4 py-4 sm:mx-0 sm:px-0">
        <SaveBar saving={saving} label={t(product ? "save" : "create")} />
        {isChanged && product && <p className="mt-2 text-muted text-sm">{t("unsaved")}</p>}
      </div>
    </form>
  );
}
