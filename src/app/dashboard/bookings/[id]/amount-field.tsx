"use client";

import { useTranslations } from "next-intl";
import { hasOddCents, readAmount } from "#ui/dashboard/amounts.ts";
import { Field } from "#ui/field.tsx";
import { formatMoney } from "#ui/format.ts";

type Sums = { leftMinor: number; currency: string };

/** Minor units between one and what is left. Returns null for anything else. */
export function amountWithin(text: string, { leftMinor, currency }: Sums): number | null {
  const amountMinor = readAmount(text, currency);
  if (amountMinor === null || amountMinor < 1 || amountMinor > leftMinor) return null;
  return hasOddCents(amountMinor, currency) && amountMinor !== leftMinor ? null : amountMinor;
}

type AmountFieldProps = { sums: Sums; text: string; onChange: (text: string) => void; isWrong: boolean; locale: string };

export function AmountField({ sums: { leftMinor, currency }, text, onChange, isWrong, locale }: AmountFieldProps) {
  const t = useTranslations("booking.cancel");
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  return (
    <Field
      name="amount"
      label={t("amountField")}
      hint={t("amountHint", { amount: amount(leftMinor) })}
      inputMode="decimal"
      autoComplete="off"
      maxLength={30}
      value={text}
      onChange={(event) => onChange(event.target.value)}
      problem={isWrong ? t("amountWrong", { least: amount(leastMinor), amount: amount(leftMinor) }) : undefined}
    />
  );
}

/** One unit of the usual currencies. */
const leastMinor = 100;
