"use client";

import { CalendarCheck, LockKeyhole } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import type { BookingRequest } from "#contracts/checkout.ts";
import { Alert, Problem } from "#ui/alert.tsx";
import { Button } from "#ui/button.tsx";
import { Card } from "#ui/card.tsx";
import { formatMoney, knownZone } from "#ui/format.ts";
import { useRestored } from "#ui/fresh/use-restored.ts";
import { keptCampaign } from "#ui/wizard/kept-campaign.ts";
import { OfferChoice } from "#ui/wizard/offer-choice.tsx";
import { PriceChanged } from "#ui/wizard/price-changed.tsx";
import { seenOf } from "#ui/wizard/seen-of.ts";
import { useOffer } from "#ui/wizard/use-offer.ts";
import { useProviderName } from "#ui/wizard/use-provider-name.ts";
import type { DetailsFlowProps, Place } from "./details-props.ts";
import { type DetailsValues, detailsResolver } from "./details-values.ts";
import { PersonFields } from "./person-fields.tsx";
import { QuestionFields } from "./question-fields.tsx";
import { sendBooking } from "./send-booking.ts";
import { Terms } from "./terms.tsx";
import { useBookingProblem } from "./use-booking-problem.ts";
import { useKeptEntries } from "./use-kept-entries.ts";

type DetailsFormProps = DetailsFlowProps & { place: Extract<Place, { kind: "hold" | "race" }>; onEnd: () => void };

const manners = { mode: "onTouched", shouldFocusError: true } as const;

export function DetailsForm(props: DetailsFormProps) {
  const { place, offer, sold, amount, isFree, paidOnSite, questions, offers, hasAccepted, locale: regional, onEnd } = props;
  const t = useTranslations("details");
  const locale = useLocale();
  const resolver = useMemo(() => detailsResolver(questions), [questions]);
  const form = useForm<DetailsValues>({ ...manners, resolver, defaultValues: { acceptedTerms: hasAccepted } });
  const { errors } = form.formState;
  const paying = useOffer(offers);
  // Stays true while the payment page loads, so that a second press makes no second booking.
  const [isSending, setIsSending] = useState(false);
  useRestored(useCallback(() => setIsSending(false), []));
  const { problem, setProblem, changed, show } = useBookingProblem(form, onEnd);
  useKeptEntries(form, { link: offer.link, prefill: props.prefill, questions });
  // In the order of the page: the first wrong one gets the focus.
  const inputs = { name: form.register("name"), email: form.register("email"), phone: form.register("phone") };
  const answerProblem = (id: string) => {
    const type = errors.answers?.[id]?.type;
    return type && t(type === "missing" ? "questions.missing" : "questions.invalid");
  };
  const wordsFor = (name: Exclude<keyof DetailsValues, "answers">) => {
    if (!errors[name]) return undefined;
    if (errors[name].type === "unsendable") return t("problems.emailUnsendable");
    return t(name === "phone" && errors.phone?.type === "missing" ? "problems.phoneMissing" : `problems.${name}`);
  };

  /** `accepted`: what the customer was told of after the page, and agreed to. */
  async function book({ name, email, phone: phoneNumber, answers }: DetailsValues, accepted = sold) {
    const choice = accepted.amountMinor === 0 ? {} : paying.check();
    if (isSending || choice === null) return;
    setIsSending(true);
    setProblem(null);
    const campaign = keptCampaign(offer.link);
    const shared = {
      link: offer.link,
      customer: { name, email, phone: phoneNumber },
      acceptedTerms: true as const,
      ...choice,
      locale,
      ...(questions.length > 0 && { answers }),
      ...(campaign && { campaign }),
      ...ownZone(),
      seen: seenOf(accepted),
    };
    const request: BookingRequest =
      place.kind === "hold"
        ? { ...shared, holdId: place.id }
        : { ...shared, serviceId: offer.service, professionalId: offer.professional, start: place.start };
    try {
      const { checkoutUrl } = await sendBooking(request);
      window.location.assign(checkoutUrl);
    } catch (error) {
      setIsSending(false);
      show(error);
    }
  }

  const providerName = useProviderName()(paying.chosen?.provider ?? "");
  const isCharged = (changed ?? sold).amountMinor > 0;
  const ButtonIcon = isFree ? CalendarCheck : LockKeyhole;
  const trust = paidOnSite ? "trustOnSite" : isFree ? "trustFree" : place.kind === "race" ? "trustRace" : "trust";
  return (
    <Card>
      <form noValidate onSubmit={form.handleSubmit((values) => book(values))} className="space-y-5" aria-labelledby="your-details">
        <h2 id="your-details" className="font-semibold text-xl">
          {t("formTitle")}
        </h2>
        <PersonFields inputs={inputs} phone={props.phone} wordsFor={wordsFor} />
        <QuestionFields questions={questions} register={form.register} problemOf={answerProblem} merchantLocale={props.merchantLocale} />
        {isCharged && (
          <OfferChoice
            offers={offers}
            offer={paying}
            amountMinor={(changed ?? sold).amountMinor}
            locale={regional}
            legend={t("provider")}
          />
        )}
        <Terms {...{ hasAccepted, isCharged }} link={offer.link} form={form} problem={wordsFor("acceptedTerms")} />
        <Problem text={problem} />
        {offers.length === 0 && !isFree ? (
          <Alert tone="warn">
            <p>{t("noProvider", { tenant: props.tenantName })}</p>
          </Alert>
        ) : changed ? (
          <PriceChanged
            offer={changed}
            before={sold}
            locale={regional}
            acceptText={
              changed.amountMinor === 0
                ? t(changed.priceMinor > 0 ? "bookOnSite" : "bookFree")
                : t("acceptPrice", { amount: formatMoney({ ...changed, locale: regional }), provider: providerName })
            }
            isBusy={isSending}
            onAccept={form.handleSubmit((values) => book(values, changed))}
          />
        ) : (
          <>
            <Button
              type="submit"
              wide
              data-testid="pay-button"
              className="min-h-14 text-lg"
              busyText={isSending ? t("processing") : undefined}
            >
              <ButtonIcon aria-hidden className="size-5 shrink-0" />
              {isFree ? t(paidOnSite ? "bookOnSite" : "bookFree") : t("pay", { amount, provider: providerName })}
            </Button>
            <p className="text-center text-muted text-sm">{t(trust, { provider: providerName, amount: paidOnSite ?? amount })}</p>
          </>
        )}
      </form>
    </Card>
  );
}

/** Of this browser's clock, for the merchant who calls somebody abroad. */
function ownZone(): { timezone?: string } {
  const timezone = knownZone(Intl.DateTimeFormat().resolvedOptions().timeZone);
  return timezone === null ? {} : { timezone };
}
