"use client";

import { useTranslations } from "next-intl";
import { Card } from "#ui/card.tsx";
import { Checkbox } from "#ui/checkbox.tsx";
import { amountText } from "#ui/dashboard/amounts.ts";
import { Field, FieldProblem } from "#ui/field.tsx";
import { formatMoney } from "#ui/format.ts";
import { moneyOf, type Service } from "./draft.ts";
import { latestEnd } from "./link-end.ts";
import { LinkEndChoice } from "./link-end-choice.tsx";
import { OnSiteFields } from "./on-site-fields.tsx";
import type { SectionProps } from "./time-section.tsx";

const row =
  "flex min-h-12 cursor-pointer items-center gap-3 rounded-xl border border-edge px-4 py-2 has-[:checked]:border-brand has-[:checked]:bg-brand-soft has-[:disabled]:cursor-default has-[:disabled]:opacity-60";

type MoneySectionProps = SectionProps & { service: Service; now: number };

/** What it costs, and how it is paid: by a link, or at the desk. */
export function MoneySection({ draft, change, choices, locale, problems, service, now }: MoneySectionProps) {
  const t = useTranslations("byHand.money");
  const { currency, chargeType } = service;
  const { priceMinor, dueMinor } = moneyOf(draft, service);
  const latest = latestEnd(draft.start, { now, linkMinutesBefore: choices.linkMinutesBefore });
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  return (
    <Card className="space-y-5" aria-labelledby="money-title">
      <h2 id="money-title" className="font-semibold text-lg">
        {t("title")}
      </h2>
      <Field
        name="price"
        label={t("price")}
        hint={t("priceHint", { amount: amount(service.priceMinor) })}
        inputMode="decimal"
        autoComplete="off"
        maxLength={30}
        placeholder={amountText(service.priceMinor, currency, locale)}
        value={draft.price}
        onChange={({ target }) => change({ price: target.value })}
        problem={problems["price"]}
      />
      {chargeType !== "total" && (
        <Checkbox name="isWhole" checked={draft.isWhole} onChange={({ target }) => change({ isWhole: target.checked })}>
          {t("whole")}
        </Checkbox>
      )}
      {priceMinor !== null && (
        <p className="rounded-xl bg-paper px-4 py-3" data-testid="due">
          {t("due")}: <strong className="font-semibold">{amount(dueMinor)}</strong>
          {priceMinor > dueMinor && <span className="text-muted"> · {t("rest", { amount: amount(priceMinor - dueMinor) })}</span>}
        </p>
      )}
      {dueMinor === 0 && priceMinor !== null ? (
        <p className="text-muted">{t("nothingDue")}</p>
      ) : (
        <>
          <fieldset className="space-y-2">
            <legend className="mb-1.5 font-medium">{t("way")}</legend>
            {(["link", "on_site"] as const).map((way) => (
              <label key={way} className={row}>
                <input
                  type="radio"
                  name="way"
                  value={way}
                  checked={draft.way === way}
                  disabled={way === "link" && !choices.hasProvider}
                  onChange={() => change({ way })}
                  className="size-5 shrink-0 accent-brand"
                />
                <span>
                  <span className="block">{t(`ways.${way}`)}</span>
                  <span className="block text-muted text-sm">{t(`wayHints.${way}`)}</span>
                </span>
              </label>
            ))}
            {!choices.hasProvider && <p className="text-muted text-sm">{t("noProvider")}</p>}
            <FieldProblem name="way" problem={problems["way"]} />
          </fieldset>
          {draft.way === "link" ? (
            <>
              <LinkEndChoice
                {...{ draft, change, locale, now }}
                bounds={{ timezone: choices.timezone, latest }}
                problem={problems["end"]}
              />
              <Checkbox name="mails" checked={draft.mails} onChange={({ target }) => change({ mails: target.checked })}>
                {t("mail")}
              </Checkbox>
            </>
          ) : (
            <OnSiteFields method={draft.method} reference={draft.reference} onChange={change} />
          )}
        </>
      )}
    </Card>
  );
}
