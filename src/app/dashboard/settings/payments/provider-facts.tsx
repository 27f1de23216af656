import { Check, ExternalLink, X } from "lucide-react";
import { useFormatter, useLocale, useMessages, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FeeAnswer, PaymentProviderAnswer } from "#contracts/merchant/connections.ts";
import { Card } from "#ui/card.tsx";
import { formatMoney, regionalLocale } from "#ui/format.ts";
import { codeWords } from "./words.ts";

/** What a merchant wants to know before they choose it, in plain words. */
export function ProviderFacts({ provider, country }: { provider: PaymentProviderAnswer; country: string }) {
  const t = useTranslations("payments.facts");
  const words = useMessages().payments;
  const locale = regionalLocale(useLocale(), country);
  const { name, facts, amounts, can, cannot } = provider;
  const [first] = amounts;
  return (
    <Card className="space-y-5">
      <h2 className="font-semibold text-xl">{t("title", { name })}</h2>
      <dl className="grid gap-5 sm:grid-cols-2">
        <Fact title={t("methods")}>{facts.methods.map((method) => codeWords(words.method, method)).join(", ")}</Fact>
        <Fact title={t("limits")}>
          {first &&
            t("minimum", {
              minimum: formatMoney({ amountMinor: first.minMinor, currency: first.currency, locale }),
              currencies: amounts.map(({ currency }) => currency).join(", "),
            })}
        </Fact>
        {facts.fees.length > 0 && (
          <Fact title={t("fees")}>
            {facts.fees.map((fee) => (
              <FeeWords key={fee.currency} fee={fee} locale={locale} />
            ))}
          </Fact>
        )}
        <Fact title={t("can")}>
          <Abilities list={can} icon={Check} words={words.ability} />
        </Fact>
        <Fact title={t("cannot")}>
          <Abilities list={cannot} icon={X} words={words.ability} />
        </Fact>
      </dl>
      <Outside href={facts.panelUrl}>{t("panel", { name })}</Outside>
    </Card>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt className="font-medium text-muted text-sm">{title}</dt>
      <dd className="mt-1 space-y-1.5">{children}</dd>
    </div>
  );
}

function FeeWords({ fee, locale }: { fee: FeeAnswer; locale: string }) {
  const t = useTranslations("payments.facts");
  const format = useFormatter();
  const { currency, percent, fixedMinor, taxPercent, source, example } = fee;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency, locale });
  const share = (given: number) => format.number(given / 100, { style: "percent", maximumFractionDigits: 2 });
  return (
    <>
      <p>{t("fee", { percent: share(percent), fixed: money(fixedMinor), tax: share(taxPercent) })}</p>
      <p>
        {t("example", {
          paid: money(example.paidMinor),
          kept: money(example.keptMinor),
          left: money(example.paidMinor - example.keptMinor),
        })}
      </p>
      <p className="text-muted text-sm">{t("ask")}</p>
      <Outside href={source}>{t("source")}</Outside>
    </>
  );
}

function Abilities({ list, icon: Icon, words }: { list: readonly string[]; icon: typeof Check; words: Record<string, string> }) {
  return (
    <ul className="space-y-1.5">
      {list.map((ability) => (
        <li key={ability} className="flex gap-2">
          <Icon aria-hidden className="mt-1 size-4 shrink-0 text-muted" />
          {codeWords(words, ability)}
        </li>
      ))}
    </ul>
  );
}

function Outside({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="inline-flex min-h-11 items-center gap-1.5 text-brand-ink underline underline-offset-4"
    >
      {children}
      <ExternalLink aria-hidden className="size-4" />
    </a>
  );
}
