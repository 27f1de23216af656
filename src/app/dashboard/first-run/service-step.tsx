"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type TradeName, tradeNames, trades } from "#contracts/first-run/trades.ts";
import { answerOf, api } from "#ui/dashboard/api.ts";
import { Select } from "#ui/dashboard/controls.tsx";
import { readPrice } from "#ui/dashboard/read-price.ts";
import { SaveBar } from "#ui/dashboard/save-bar.tsx";
import { useSaving } from "#ui/dashboard/use-saving.ts";
import { Field } from "#ui/field.tsx";

/** The first service from a template of the trade; only the price is one's own. */
export function ServiceStep({ currency }: { currency: string }) {
  const t = useTranslations("firstRun");
  const [trade, setTrade] = useState<TradeName>("medicine");
  const saving = useSaving();
  const [isPriceWrong, setIsPriceWrong] = useState(false);

  function save(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    const priceMinor = readPrice(text("price"), currency);
    setIsPriceWrong(priceMinor === null);
    if (priceMinor === null) return document.getElementById("price")?.focus();
    const json = {
      name: text("name"),
      description: t(`trades.${trade}.description`),
      durationMinutes: Number(text("durationMinutes")),
      priceMinor,
      currency,
      online: trades[trade].online,
    };
    void saving.save(() => answerOf(api.services.$post({ json })));
  }

  const wrong = (name: string) => saving.wrong.includes(name) || undefined;
  return (
    <form noValidate onSubmit={save} className="space-y-5">
      <p className="text-muted">{t("service.text")}</p>
      <Select
        name="trade"
        label={t("service.trade")}
        value={trade}
        onChange={(event) => setTrade(tradeNames.find((name) => name === event.target.value) ?? "other")}
      >
        {tradeNames.map((name) => (
          <option key={name} value={name}>
            {t(`trades.${name}.label`)}
          </option>
        ))}
      </Select>
      <Field
        // Another trade brings its own words; what was typed for the last one goes with it.
        key={`name ${trade}`}
        name="name"
        label={t("service.name")}
        defaultValue={t(`trades.${trade}.service`)}
        maxLength={100}
        problem={wrong("name") && t("service.nameProblem")}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          key={`minutes ${trade}`}
          name="durationMinutes"
          type="number"
          inputMode="numeric"
          min={15}
          max={480}
          label={t("service.duration")}
          defaultValue={trades[trade].durationMinutes}
          problem={wrong("durationMinutes") && t("service.durationProblem")}
        />
        <Field
          name="price"
          inputMode="decimal"
          autoComplete="off"
          label={t("service.price", { currency })}
          hint={t("service.priceHint")}
          problem={isPriceWrong || wrong("priceMinor") ? t("service.priceProblem") : undefined}
        />
      </div>
      <SaveBar saving={saving} label={t("service.create")} />
    </form>
  );
}
