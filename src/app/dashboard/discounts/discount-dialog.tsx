"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { Discount } from "#contracts/shop-desk/discounts.ts";
import { Checkbox } from "#ui/checkbox.tsx";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Dialog } from "#ui/dashboard/dialog.tsx";
import { useFocusOnWrong, useKeyForBody } from "#ui/dashboard/form/guards.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useToast } from "#ui/dashboard/toasts.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field, FieldProblem } from "#ui/field.tsx";
import { Radios } from "../services/form/section.tsx";
import { bodyOf, changesOf, type DiscountsProps, type Draft, draftOf } from "./draft.ts";

type DialogProps = DiscountsProps & { discount: Discount | null; onClose: () => void };
type Problem = "code" | "percent" | "amountMinor" | "endsAt" | "usesMax" | "usesPerCustomerMax" | "minimumMinor" | "productIds";

export function DiscountDialog({ discount, products, currency, timezone, locale, onClose }: DialogProps) {
  const t = useTranslations("shopDesk.discounts");
  const toast = useToast();
  const saving = useSaving();
  const keyFor = useKeyForBody();
  useFocusOnWrong(saving.wrong);
  const [base] = useState(() => draftOf(discount, { locale, timezone }));
  const [draft, setDraft] = useState(base);
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const problem = (field: Problem) => (saving.wrong.some((path) => path.startsWith(field)) ? t(`problems.${field}`) : undefined);
  const text = (name: keyof Draft & ("code" | "percent" | "amount" | "startsOn" | "endsOn" | "usesMax" | "perCustomer" | "minimum")) => ({
    name,
    autoComplete: "off",
    value: draft[name],
    onChange: ({ target: { value } }: { target: { value: string } }) => set({ [name]: value }),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const body = bodyOf(draft, currency);
    const send = () =>
      discount
        ? answerOf(
            api.discounts[":id"].$patch({
              param: { id: discount.id },
              json: { version: discount.version, ...changesOf(bodyOf(base, currency), body) },
            }),
          )
        : answerOf(api.discounts.$post({ json: body, header: { "idempotency-key": keyFor(JSON.stringify(body)) } }));
    void saving.save(send, ({ code }) => {
      toast(t("saved", { code }));
      onClose();
    });
  }

  return (
    <Dialog isOpen onClose={onClose} title={discount ? t("editTitle", { code: discount.code }) : t("new")}>
      <form noValidate onSubmit={submit} className="space-y-5" data-testid="discount-form">
        <Field
          {...text("code")}
          label={t("code")}
          hint={t("codeHint")}
          autoCapitalize="characters"
          spellCheck={false}
          maxLength={32}
          className="font-mono uppercase"
          problem={problem("code")}
        />
        <Radios
          name="kind"
          legend={t("kind")}
          chosen={draft.kind}
          onChoose={(kind) => set({ kind })}
          choices={(["percent", "amount"] as const).map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        {draft.kind === "percent" ? (
          <Field {...text("percent")} label={t("percent")} inputMode="decimal" problem={problem("percent")} />
        ) : (
          <Field
            {...text("amount")}
            label={t("amount", { currency })}
            inputMode="decimal"
            problem={problem("amountMinor") ?? problem("percent")}
          />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <Field {...text("startsOn")} type="date" label={t("startsOn")} />
          <Field {...text("endsOn")} type="date" label={t("endsOn")} problem={problem("endsAt")} />
          <Field {...text("usesMax")} label={t("usesMax")} hint={t("emptyHint")} inputMode="numeric" problem={problem("usesMax")} />
          <Field
            {...text("perCustomer")}
            label={t("perCustomer")}
            hint={t("emptyHint")}
            inputMode="numeric"
            problem={problem("usesPerCustomerMax")}
          />
        </div>
        <Field
          {...text("minimum")}
          label={t("minimum", { currency })}
          hint={t("minimumHint")}
          inputMode="decimal"
          problem={problem("minimumMinor")}
        />
        <Radios
          name="isForAll"
          legend={t("for")}
          chosen={draft.isForAll ? "all" : "some"}
          onChoose={(value) => set({ isForAll: value === "all" })}
          choices={(["all", "some"] as const).map((value) => ({ value, label: t(`forWhich.${value}`) }))}
        />
        {!draft.isForAll && (
          <fieldset className="max-h-60 overflow-y-auto rounded-xl border border-line px-4 py-2">
            <legend className="sr-only">{t("forWhich.some")}</legend>
            {products.map(({ id, title }) => (
              <Checkbox
                key={id}
                name={`product-${id}`}
                checked={draft.productIds.includes(id)}
                onChange={({ target: { checked } }) =>
                  set({ productIds: checked ? [...draft.productIds, id] : draft.productIds.filter((each) => each !== id) })
                }
              >
                {title}
              </Checkbox>
            ))}
          </fieldset>
        )}
        <FieldProblem name="productIds" problem={problem("productIds")} />
        <SaveBar saving={saving} />
      </form>
    </Dialog>
  );
}
