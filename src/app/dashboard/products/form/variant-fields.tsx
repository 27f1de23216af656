import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Variant } from "#contracts/shop-desk/products.ts";
import { Button } from "#ui/button.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { MoreMenu } from "#ui/dashboard/menu.tsx";
import { Field } from "#ui/field.tsx";
import { StockDialog } from "../stock/stock-dialog.tsx";
import type { FormParts, VariantDraft } from "./draft.ts";

type VariantProps = {
  parts: FormParts;
  variant: VariantDraft;
  index: number;
  count: number;
  /** Undefined for a new one. */
  saved: Variant | undefined;
  onChange: (more: Partial<VariantDraft>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
};

export function VariantFields({ parts, variant, index, count, saved, onChange, onMove, onRemove }: VariantProps) {
  const t = useTranslations("shopDesk.form");
  const { draft, problem, currency } = parts;
  const name = variant.title.trim() || t("variants.unnamed", { place: index + 1 });
  const text = (field: "title" | "sku" | "price" | "weight" | "pieces" | "lowAt", sent: string) => ({
    name: `variants.${index}.${sent}`,
    autoComplete: "off",
    value: variant[field],
    onChange: (event: { target: { value: string } }) => onChange({ [field]: event.target.value }),
    problem: problem(`variants.${index}.${sent}`),
  });
  return (
    <li className="rounded-xl border border-line p-4" data-testid="variant">
      <fieldset>
        <legend className="sr-only">{name}</legend>
        <div className="mb-3 flex items-center justify-between gap-3">
          <p aria-hidden className="min-w-0 truncate font-semibold">
            {name}
          </p>
          {count > 1 && (
            <MoreMenu
              of={name}
              items={[
                ...(index > 0 ? [{ label: t("variants.up"), onSelect: () => onMove(index - 1) }] : []),
                ...(index < count - 1 ? [{ label: t("variants.down"), onSelect: () => onMove(index + 1) }] : []),
                { label: t("variants.remove"), onSelect: onRemove, isHarsh: true },
              ]}
            />
          )}
        </div>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            {...text("title", "title")}
            label={t(count > 1 ? "fields.variantTitle" : "fields.variantTitleAlone")}
            placeholder={t("variants.titleExample")}
            maxLength={80}
          />
          <Field {...text("price", "priceMinor")} label={t("fields.priceIn", { currency })} inputMode="decimal" />
          <Field {...text("sku", "sku")} label={t("fields.sku")} maxLength={64} />
          <Field {...text("weight", "weightGrams")} label={t("fields.weight")} inputMode="numeric" />
        </div>
        {!draft.isDigital && <Stock {...{ variant, saved, text, onChange, index }} />}
        {draft.isDigital && <p className="mt-4 text-muted text-sm">{t("variants.digital")}</p>}
      </fieldset>
    </li>
  );
}

type StockProps = Pick<VariantProps, "variant" | "saved" | "onChange" | "index"> & {
  text: (field: "pieces" | "lowAt", sent: string) => { name: string; value: string; problem: string | undefined };
};

function Stock({ variant, saved, text, onChange, index }: StockProps) {
  const t = useTranslations("shopDesk.form");
  const [isOpen, setIsOpen] = useState(false);
  const isCounted = saved !== undefined && saved.onHand !== null;
  return (
    <div className="mt-4 space-y-3 rounded-xl bg-paper p-4">
      {saved && (
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p>
            <span className="font-semibold tabular-nums">
              {saved.onHand === null ? t("variants.endless") : t("variants.onHand", { count: saved.onHand })}
            </span>
            {saved.reserved > 0 && <span className="block text-muted text-sm">{t("variants.reserved", { count: saved.reserved })}</span>}
          </p>
          <Button look="outline" onClick={() => setIsOpen(true)} data-testid="change-stock">
            {t(isCounted ? "variants.change" : "variants.count")}
          </Button>
        </div>
      )}
      {!variant.isEndless && (
        <div className="grid gap-4 sm:grid-cols-2">
          {!saved && <Field {...text("pieces", "onHand")} label={t("fields.onHand")} inputMode="numeric" />}
          <Field {...text("lowAt", "lowStockAt")} label={t("fields.lowStockAt")} hint={t("variants.lowHint")} inputMode="numeric" />
        </div>
      )}
      {(!saved || isCounted) && (
        <Checkbox
          name={`variants.${index}.isEndless`}
          checked={variant.isEndless}
          onChange={(event) => onChange({ isEndless: event.target.checked })}
        >
          {t("fields.isEndless")}
        </Checkbox>
      )}
      {saved && isOpen && <StockDialog variant={saved} onClose={() => setIsOpen(false)} />}
    </div>
  );
}
