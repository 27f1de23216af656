import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { variantsMax } from "#contracts/shop-desk/limits.ts";
import type { Product } from "#contracts/shop-desk/products.ts";
import { Alert } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { FormSection } from "../../services/form/section.tsx";
import type { FormParts } from "./draft.ts";
import { emptyVariant, type VariantDraft } from "./draft.ts";
import { VariantFields } from "./variant-fields.tsx";

/** What is put in a cart: each has its price and its stock. One alone needs no name. */
export function VariantsSection({ product, ...parts }: FormParts & { product: Product | null }) {
  const { draft, set, problem } = parts;
  const t = useTranslations("shopDesk.form.variants");
  const added = useRef(0);
  const change = (index: number, more: Partial<VariantDraft>) =>
    set({ variants: draft.variants.map((variant, place) => (place === index ? { ...variant, ...more } : variant)) });
  const move = (from: number, to: number) => {
    const moved = draft.variants[from];
    if (moved) set({ variants: draft.variants.toSpliced(from, 1).toSpliced(to, 0, moved) });
  };
  function add() {
    added.current += 1;
    const last = draft.variants.at(-1);
    const like = { price: last?.price ?? "", weight: last?.weight ?? "", lowAt: last?.lowAt ?? "", isEndless: last?.isEndless ?? false };
    set({ variants: [...draft.variants, { ...emptyVariant(`new-${added.current}`), ...like }] });
  }
  const { currency } = parts;
  const old = (product?.variants ?? []).filter((variant) => variant.currency !== currency);
  return (
    <FormSection id="variants" title={t("title")} lead={t("lead")}>
      {old[0] && (
        <Alert tone="warn" data-testid="old-currency">
          <p>{t("oldCurrency", { count: old.length, old: old[0].currency, currency })}</p>
        </Alert>
      )}
      <ol className="space-y-4">
        {draft.variants.map((variant, index) => (
          <VariantFields
            key={variant.key}
            {...{ parts, variant, index }}
            count={draft.variants.length}
            saved={product?.variants.find(({ id }) => id === variant.id)}
            onChange={(more) => change(index, more)}
            onMove={(to) => move(index, to)}
            onRemove={() => set({ variants: draft.variants.toSpliced(index, 1) })}
          />
        ))}
      </ol>
      {problem("variants") && draft.variants.length === 0 && <p className="font-medium text-bad text-sm">{problem("variants")}</p>}
      {draft.variants.length < variantsMax && (
        <Button look="outline" onClick={add} data-testid="add-variant">
          <Plus aria-hidden className="size-5" />
          {t("add")}
        </Button>
      )}
    </FormSection>
  );
}
