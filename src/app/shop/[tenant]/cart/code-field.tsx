"use client";

import { TicketPercent, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Cart } from "#contracts/shop/cart.ts";
import { codeLengthMax } from "#contracts/shop/limits.ts";
import type { ApiProblem } from "#ui/api.ts";
import { Button } from "#ui/button.tsx";
import { Field } from "#ui/field.tsx";
import { formatMoney } from "#ui/format.ts";
import { useErrorText } from "#ui/use-error-text.ts";

type Codes = { enterCode: (code: string) => Promise<ApiProblem | null>; dropCode: () => Promise<ApiProblem | null> };
type CodeFieldProps = { own: Codes; discount: Cart["discount"]; currency: string; locale: string };

/** A code that is used, or the field for one. Why it does not count is said beside it. */
export function CodeField({ own, discount, currency, locale }: CodeFieldProps) {
  const t = useTranslations("shopCart.code");
  const errors = useTranslations("errors");
  const errorText = useErrorText();
  const [typed, setTyped] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });

  async function run(ask: () => Promise<ApiProblem | null>) {
    if (isBusy) return;
    setIsBusy(true);
    setProblem(undefined);
    const refused = await ask();
    setIsBusy(false);
    if (refused) setProblem(errorText(refused));
    else setTyped("");
  }

  function use() {
    if (typed.trim() === "") setProblem(t("missing"));
    else void run(() => own.enterCode(typed.trim()));
  }

  if (discount) {
    const value = discount.percent === null ? money(discount.amountMinor ?? 0) : t("percent", { percent: discount.percent });
    return (
      <div data-testid="code" data-problem={discount.problem ?? undefined} className="space-y-1.5">
        <div className="flex items-center justify-between gap-3 rounded-xl bg-brand-soft py-1 pr-1 pl-4 text-brand-ink">
          <p className="flex min-w-0 items-center gap-2 font-medium">
            <TicketPercent aria-hidden className="size-5 shrink-0" />
            <span className="wrap-anywhere min-w-0">
              {discount.code} <span className="whitespace-nowrap">· −{value}</span>
            </span>
          </p>
          <button
            type="button"
            data-testid="drop-code"
            aria-label={t("drop", { code: discount.code })}
            onClick={() => run(own.dropCode)}
            className="grid size-11 shrink-0 place-items-center rounded-lg"
          >
            <X aria-hidden className="size-5" />
          </button>
        </div>
        {discount.problem !== null && (
          <p role="alert" className="font-medium text-bad text-sm">
            {errors(discount.problem)}{" "}
            {discount.problem === "discount_minimum" &&
              discount.minimumMinor !== null &&
              t("minimum", { amount: money(discount.minimumMinor) })}{" "}
            {t("dropHint")}
          </p>
        )}
        {problem && (
          <p role="alert" className="font-medium text-bad text-sm">
            {problem}
          </p>
        )}
      </div>
    );
  }
  return (
    // No form of its own: it also stands within one.
    <div className="flex items-start gap-2">
      <div className="min-w-0 grow">
        <Field
          name="code"
          label={t("label")}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          maxLength={codeLengthMax}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          problem={problem}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            use();
          }}
        />
      </div>
      <Button look="outline" data-testid="use-code" className="mt-7.5 shrink-0" busyText={isBusy ? t("using") : undefined} onClick={use}>
        {t("use")}
      </Button>
    </div>
  );
}
