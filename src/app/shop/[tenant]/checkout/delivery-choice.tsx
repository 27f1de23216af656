"use client";

import { useLocale, useTranslations } from "next-intl";
import { useDaysWords } from "#app/shop/days-words.ts";
import { wordsIn } from "#app/shop/product-words.ts";
import type { CartQuote, ShippingChoice } from "#contracts/shop/cart.ts";
import { classNames } from "#ui/class-names.ts";
import { FieldProblem } from "#ui/field.tsx";
import { formatPrice } from "#ui/format.ts";

type DeliveryChoiceProps = { quote: CartQuote; choose: (id: string) => void; locale: string; problem: string | undefined };

/** How it comes, what that costs, and how long it takes. */
export function DeliveryChoice({ quote, choose, locale, problem }: DeliveryChoiceProps) {
  const t = useTranslations("shopCheckout.delivery");
  const { shippingOptions: options, shipping, shop } = quote;
  if (options.length === 0) return <p className="text-muted">{t("none", { tenant: shop.name })}</p>;
  return (
    <fieldset data-testid="delivery" aria-describedby={problem ? "delivery-problem" : undefined}>
      <legend className="mb-2 font-medium">{t("legend")}</legend>
      <div className="grid gap-2">
        {options.map((option) => (
          <Option
            key={option.id}
            option={option}
            isChosen={option.id === shipping}
            onChoose={() => choose(option.id)}
            locale={locale}
            merchantLocale={shop.locale}
            currency={shop.currency}
          />
        ))}
      </div>
      <FieldProblem name="delivery" problem={problem} />
    </fieldset>
  );
}

type OptionProps = {
  option: ShippingChoice;
  isChosen: boolean;
  onChoose: () => void;
  locale: string;
  merchantLocale: string;
  currency: string;
};

function Option({ option, isChosen, onChoose, locale, merchantLocale, currency }: OptionProps) {
  const t = useTranslations("shopCheckout.delivery");
  const price = useTranslations("price");
  const daysOf = useDaysWords();
  const { name, language } = wordsIn({ name: option.name }, option.translations, { locale: useLocale(), merchantLocale });
  const isOff = option.problem !== null;
  const money = (amountMinor: number) => formatPrice({ amountMinor, currency, locale, free: price("free") });
  const days = daysOf(option);
  return (
    <label
      className={classNames(
        "flex items-start gap-3 rounded-xl border-2 px-3 py-3 has-focus-visible:outline-3 has-focus-visible:outline-brand-ink has-focus-visible:outline-offset-2 sm:px-4",
        isChosen ? "border-brand-ink bg-brand-soft" : "border-line bg-card",
        !isOff && !isChosen && "hover:border-edge",
      )}
    >
      <input
        type="radio"
        name="shipping"
        value={option.id}
        checked={isChosen}
        disabled={isOff}
        onChange={onChoose}
        data-testid="delivery-option"
        data-kind={option.kind}
        className="mt-0.5 size-5 shrink-0 accent-(--brand-ink)"
      />
      <span className="min-w-0 grow">
        <span className="flex items-start justify-between gap-3">
          <span lang={language} className="min-w-0 font-medium">
            {name}
          </span>
          {option.priceMinor !== null && <span className="whitespace-nowrap font-semibold tabular-nums">{money(option.priceMinor)}</span>}
        </span>
        <span className="block text-muted text-sm">
          {isOff ? t("tooHeavy") : days && t(option.kind === "pickup" ? "readyIn" : "thereIn", { days })}
        </span>
        {option.place && (
          <span lang={merchantLocale} className="mt-1 block text-sm">
            {option.place.name}
            {option.place.address && ` · ${option.place.address}`}
          </span>
        )}
        {!isOff && option.freeFromMinor !== null && (option.priceMinor ?? 0) > 0 && (
          <span className="block text-brand-ink text-sm">{t("freeFrom", { amount: money(option.freeFromMinor) })}</span>
        )}
      </span>
    </label>
  );
}
