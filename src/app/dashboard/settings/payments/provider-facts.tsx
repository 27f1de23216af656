import { Check, ChevronDown, ExternalLink, X } from "lucide-react";
import { useFormatter, useLocale, useMessages, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { FeeAnswer, PaymentProviderAnswer } from "#contracts/merchant/connections.ts";
import { formatMoney, regionalLocale } from "#ui/format.ts";
import { ProviderMark } from "#ui/wizard/provider-mark.tsx";
import { codeWords } from "./words.ts";

type FactsProps = { provider: PaymentProviderAnswer; merchant: { country: string; currency: string }; isFit: boolean };

/** What a merchant wants to know before they choose it, in plain words. */
export function ProviderFacts({ provider, merchant, isFit }: FactsProps) {
  const t = useTranslations("payments.facts");
  const words = useMessages().payments;
  const { id, name, facts, amounts, countries, can, cannot, asksFor } = provider;
  const locale = regionalLocale(useLocale(), merchant.country);
  const ownFirst = <Of extends { currency: string }>(list: readonly Of[]) =>
    list.toSorted((a, b) => Number(b.currency === merchant.currency) - Number(a.currency === merchant.currency));
  const methods = facts.methods.map((method) => codeWords(words.method, method)).join(", ");
  return (
    <details className="rounded-2xl border border-line bg-card" data-testid={`facts-${id}`}>
      <summary className="flex min-h-16 cursor-pointer items-center gap-3 rounded-2xl px-4 py-3">
        <ProviderMark provider={id} />
        <span className="min-w-0">
          <span className="block font-semibold">{name}</span>
          <span className="block text-muted text-sm">{isFit ? methods : t("unfit", merchant)}</span>
        </span>
        <ChevronDown aria-hidden className="ml-auto size-5 shrink-0 text-muted" />
      </summary>
      <div className="space-y-5 px-4 pb-5 sm:px-5">
        <dl className="grid gap-5 sm:grid-cols-2">
          <Fact title={t("methods")}>
            <p>{methods}</p>
            {asksFor.includes("document") && <p className="text-muted text-sm">{t("asksForDocument")}</p>}
          </Fact>
          <Fact title={t("limits")}>
            <Limits amounts={ownFirst(amounts)} locale={locale} />
            {countries && <p className="text-muted text-sm">{t("countries", { countries: countryNames(countries, locale) })}</p>}
          </Fact>
          <Fact title={t("fees")}>
            {facts.fees.length === 0 && <p>{t("noFee")}</p>}
            {ownFirst(facts.fees).map((fee) => (
              <FeeWords key={fee.currency} fee={fee} locale={locale} />
            ))}
          </Fact>
          <Fact title={t("can")}>
            <Abilities list={can} icon={Check} words={words.ability} />
          </Fact>
          <Fact title={t("cannot")}>
            <Abilities list={cannot} icon={X} words={words.ability} />
            {cannot.includes("refund_by_api") && <p className="text-muted text-sm">{t("byHand")}</p>}
          </Fact>
        </dl>
        <Outside href={facts.panelUrl}>{t("panel", { name })}</Outside>
      </div>
    </details>
  );
}

const currenciesMax = 12;

/** Of the merchant's own currency, or of the first one. */
function Limits({ amounts, locale }: { amounts: PaymentProviderAnswer["amounts"]; locale: string }) {
  const t = useTranslations("payments.facts");
  const [first] = amounts;
  if (!first) return null;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: first.currency, locale });
  const currencies = amounts.slice(0, currenciesMax).map(({ currency }) => currency);
  const more = amounts.length - currencies.length;
  const list = more > 0 ? t("more", { currencies: currencies.join(", "), count: more }) : currencies.join(", ");
  return (
    <p>
      {first.maxMinor === null
        ? t("minimum", { minimum: money(first.minMinor), currencies: list })
        : t("between", { minimum: money(first.minMinor), maximum: money(first.maxMinor), currencies: list })}
    </p>
  );
}

function countryNames(countries: readonly string[], locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: "region" });
  return new Intl.ListFormat(locale).format(countries.map((country) => names.of(country) ?? country));
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
