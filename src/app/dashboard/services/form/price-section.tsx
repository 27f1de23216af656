import { useTranslations } from "next-intl";
import { amountNow, hasOddCents, readAmount } from "#ui/dashboard/amounts.ts";
import { Field } from "#ui/field.tsx";
import { formatMoney } from "#ui/format.ts";
import type { Draft } from "./draft.ts";
import { type FormParts, FormSection, Idle, Radios } from "./section.tsx";

/** What a customer would pay now. Null while the price cannot be read. */
export function amountsOf(draft: Draft, currency: string): { priceMinor: number; dueMinor: number } | null {
  const priceMinor = readAmount(draft.price, currency);
  if (priceMinor === null) return null;
  const depositMinor = draft.depositKind === "amount" ? (readAmount(draft.deposit, currency) ?? 0) : null;
  const percent = Math.min(100, Math.max(1, Math.trunc(Number(draft.depositPercent)) || 1));
  return { priceMinor, dueMinor: amountNow({ priceMinor, currency, chargeType: draft.chargeType, depositPercent: percent, depositMinor }) };
}

export function PriceSection(parts: FormParts) {
  const { draft, set, problem, currency } = parts;
  const t = useTranslations("services.form");
  const priceMinor = readAmount(draft.price, currency);
  const depositMinor = readAmount(draft.deposit, currency);
  return (
    <FormSection id="price" title={t("price.title")}>
      <Field
        name="priceMinor"
        inputMode="decimal"
        autoComplete="off"
        label={t("fields.priceIn", { currency })}
        hint={t("price.freeHint")}
        value={draft.price}
        onChange={(event) => set("price", event.target.value)}
        problem={problem("priceMinor")}
      />
      {priceMinor !== null && hasOddCents(priceMinor, currency) && <Idle>{t("price.oddCents")}</Idle>}
      {priceMinor === 0 ? (
        <Idle>{t("price.freeIdle")}</Idle>
      ) : (
        <Radios
          name="chargeType"
          legend={t("fields.chargeType")}
          chosen={draft.chargeType}
          onChoose={(value) => set("chargeType", value)}
          choices={(["total", "partial", "on_site"] as const).map((value) => ({
            value,
            label: t(`price.charges.${value}`),
            hint: t(`price.chargeHints.${value}`),
          }))}
        />
      )}
      {priceMinor !== 0 && draft.chargeType === "partial" && (
        <>
          <Radios
            name="depositKind"
            legend={t("fields.depositKind")}
            chosen={draft.depositKind}
            onChoose={(value) => set("depositKind", value)}
            choices={(["percent", "amount"] as const).map((value) => ({ value, label: t(`price.deposits.${value}`) }))}
          />
          {draft.depositKind === "percent" ? (
            <Field
              name="depositPercent"
              type="number"
              inputMode="numeric"
              min={1}
              max={100}
              label={t("fields.depositPercent")}
              value={draft.depositPercent}
              onChange={(event) => set("depositPercent", event.target.value)}
              problem={problem("depositPercent")}
            />
          ) : (
            <Field
              name="depositMinor"
              inputMode="decimal"
              autoComplete="off"
              label={t("fields.depositIn", { currency })}
              value={draft.deposit}
              onChange={(event) => set("deposit", event.target.value)}
              problem={problem("depositMinor")}
            />
          )}
          {draft.depositKind === "amount" && priceMinor !== null && depositMinor !== null && depositMinor > priceMinor && (
            <Idle>{t("price.depositTooHigh")}</Idle>
          )}
        </>
      )}
      <PricePreview {...parts} />
    </FormSection>
  );
}

function PricePreview({ draft, currency, locale }: FormParts) {
  const t = useTranslations("services.form.price");
  const amounts = amountsOf(draft, currency);
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  return (
    <div role="status" data-testid="price-preview" className="rounded-xl bg-brand-soft px-4 py-3">
      <p className="font-medium text-sm">{t("preview")}</p>
      {amounts === null ? (
        <p className="text-muted">{t("unreadable")}</p>
      ) : amounts.priceMinor === 0 ? (
        <p>{t("free")}</p>
      ) : (
        <dl className="grid grid-cols-[1fr_auto] gap-x-4">
          <dt>{t("now")}</dt>
          <dd className="text-right font-semibold tabular-nums">{money(amounts.dueMinor)}</dd>
          <dt>{t("later")}</dt>
          <dd className="text-right tabular-nums">{money(amounts.priceMinor - amounts.dueMinor)}</dd>
        </dl>
      )}
    </div>
  );
}
