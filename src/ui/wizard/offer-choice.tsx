"use client";

import { useLocale, useTranslations } from "next-intl";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import { classNames } from "../class-names.ts";
import { formatMoney } from "../format.ts";
import { DocumentFields } from "./document-fields.tsx";
import { ProviderMark } from "./provider-mark.tsx";
import type { OfferChosen } from "./use-offer.ts";
import { useOfferName } from "./use-provider-name.ts";

type OfferChoiceProps = {
  offers: readonly PaymentOffer[];
  offer: OfferChosen;
  /** What is due, in the offers' currency. */
  amountMinor: number;
  legend: string;
  /** With the merchant's country, so that money reads as at home. */
  locale?: string;
  /** Not where the page says so beside its button. */
  isTestShown?: boolean;
};

/** One account asks no question, but may ask for a document. */
export function OfferChoice({ offers, offer, amountMinor, legend, locale, isTestShown = true }: OfferChoiceProps) {
  const language = useLocale();
  const { chosen, choose } = offer;
  const t = useTranslations("offers");
  return (
    <>
      {/* Not of the others: beside an account in test mode there may be one that takes real money. */}
      {isTestShown && chosen?.isTest && (
        <p className="rounded-xl bg-warn-soft px-4 py-2.5 text-warn" data-testid="test-mode">
          {t("testMode")}
        </p>
      )}
      {offers.length > 1 && (
        <fieldset data-testid="offers">
          <legend className="mb-2 font-medium">{legend}</legend>
          <div className="grid gap-2">
            {offers.map((each) => (
              <Choice
                key={each.connection}
                offer={each}
                isChosen={each.connection === chosen?.connection}
                onChoose={() => choose(each.connection)}
                amountMinor={amountMinor}
                locale={locale ?? language}
              />
            ))}
          </div>
        </fieldset>
      )}
      {chosen?.asksFor.includes("document") && <DocumentFields offer={offer} provider={chosen.provider} />}
    </>
  );
}

type ChoiceProps = { offer: PaymentOffer; isChosen: boolean; onChoose: () => void; amountMinor: number; locale: string };

function Choice({ offer, isChosen, onChoose, amountMinor, locale }: ChoiceProps) {
  const nameOf = useOfferName();
  const id = `offer-${offer.connection}`;
  return (
    <label
      className={classNames(
        "flex min-h-16 items-center gap-3 rounded-xl border-2 px-3 py-2.5 has-focus-visible:outline-3 has-focus-visible:outline-brand-ink has-focus-visible:outline-offset-2 sm:px-4",
        isChosen ? "border-brand-ink bg-brand-soft" : "border-line bg-card hover:border-edge",
      )}
    >
      <input
        type="radio"
        name="connection"
        value={offer.connection}
        checked={isChosen}
        onChange={onChoose}
        aria-labelledby={`${id}-name`}
        aria-describedby={`${id}-about`}
        className="size-5 shrink-0 accent-(--brand-ink) outline-none"
      />
      <ProviderMark provider={offer.provider} />
      <span className="min-w-0">
        <span id={`${id}-name`} className="block break-words font-semibold">
          {nameOf(offer)}
        </span>
        <span id={`${id}-about`} className="block text-muted text-sm">
          <About offer={offer} amountMinor={amountMinor} locale={locale} />
        </span>
      </span>
    </label>
  );
}

/** A limit that is far from the price helps nobody. */
const nearFactor = 10;

function About({ offer, amountMinor, locale }: Pick<ChoiceProps, "offer" | "amountMinor" | "locale">) {
  const t = useTranslations("offers");
  const { provider, minMinor, maxMinor, currency } = offer;
  const money = (minor: number) => formatMoney({ amountMinor: minor, currency, locale });
  const isNear = minMinor * nearFactor > amountMinor;
  const minimum = isNear ? t("minimum", { minimum: money(minMinor) }) : null;
  const maximum = maxMinor !== null && maxMinor < amountMinor * nearFactor ? t("maximum", { maximum: money(maxMinor) }) : null;
  const own = (key: "about" | "note") => (hasWords(`${key}.${provider}`, t.has) ? t(`${key}.${provider}` as OwnWords) : null);
  return [own("about"), minimum, maximum, own("note")].filter((words) => words !== null).join(" ");
}

type OfferWords = ReturnType<typeof useTranslations<"offers">>;
type OwnWords = Extract<Parameters<OfferWords["has"]>[0], `about.${string}` | `note.${string}`>;
const hasWords = (key: string, has: OfferWords["has"]): boolean => has(key as OwnWords);
