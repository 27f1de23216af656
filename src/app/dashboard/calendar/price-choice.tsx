"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CalendarEntry } from "#contracts/desk/calendar.ts";
import type { PriceChange } from "#contracts/desk/moves.ts";
import { amountText, hasOddCents, readAmount } from "#ui/dashboard/amounts.ts";
import { Field } from "#ui/field.tsx";
import { formatMoney } from "#ui/format.ts";

type Price = NonNullable<CalendarEntry["price"]>;
/** Null while nothing is chosen, or while what was typed is no price. */
export type PriceWish = { change: PriceChange | undefined; isReady: boolean };

type PriceChoiceProps = { price: Price; locale: string; onChange: (wish: PriceWish) => void };

/** What it costs at its new place, the difference, and what becomes of it. */
export function PriceChoice({ price, locale, onChange }: PriceChoiceProps) {
  const t = useTranslations("calendar.move");
  const { soldMinor, todayMinor, currency } = price;
  const [text, setText] = useState(amountText(soldMinor, currency, locale));
  const [choice, setChoice] = useState<PriceChange["difference"] | null>(null);
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  const typedMinor = readAmount(text, currency);
  const priceMinor = typedMinor !== null && !hasOddCents(typedMinor, currency) ? typedMinor : null;
  const differenceMinor = priceMinor === null ? 0 : priceMinor - soldMinor;
  const choices = [differenceMinor > 0 ? "ask" : "refund", "leave"] as const;

  function tell(next: { text: string; choice: PriceChange["difference"] | null }) {
    setText(next.text);
    setChoice(next.choice);
    const minor = readAmount(next.text, currency);
    if (minor === null || hasOddCents(minor, currency)) return onChange({ change: undefined, isReady: false });
    if (minor === soldMinor) return onChange({ change: undefined, isReady: true });
    const change = next.choice ? { priceMinor: minor, fromMinor: soldMinor, difference: next.choice } : undefined;
    onChange({ change, isReady: change !== undefined });
  }

  return (
    <div className="space-y-3" data-testid="price-choice">
      <Field
        name="price"
        label={t("priceField")}
        hint={todayMinor === soldMinor ? undefined : t("priceToday", { amount: money(todayMinor) })}
        inputMode="decimal"
        autoComplete="off"
        maxLength={30}
        value={text}
        onChange={({ target }) => tell({ text: target.value, choice: null })}
        problem={priceMinor === null ? t("priceWrong") : undefined}
      />
      {differenceMinor === 0 ? (
        <p className="text-muted text-sm">{t("price")}</p>
      ) : (
        <fieldset className="space-y-1">
          <legend className="font-medium" aria-live="polite" data-testid="price-difference">
            {t(differenceMinor > 0 ? "dearer" : "cheaper", { amount: money(Math.abs(differenceMinor)) })}
          </legend>
          {choices.map((one) => (
            <label key={one} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="difference"
                value={one}
                checked={choice === one}
                onChange={() => tell({ text, choice: one })}
                className="size-5 shrink-0 accent-(--brand-ink)"
              />
              {t(`difference.${one}`)}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  );
}
