import { ArrowRight } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type PageParams, queryOf, type SearchParams, withQuery } from "#app/book/address.ts";
import { type Choice, choose } from "#app/book/choice.ts";
import { serviceWords } from "#app/book/service-words.ts";
import { bookingOptionsOf } from "#app/booking-options.ts";
import type { BookingOptions } from "#contracts/checkout.ts";
import { Alert } from "#ui/alert.tsx";
import { buttonStyles } from "#ui/button.tsx";
import { FocusHeading } from "#ui/focus/focus-heading.tsx";
import { formatPrice, regionalLocale } from "#ui/format.ts";
import { NextLink } from "#ui/next-link.tsx";
import { StickyBar } from "#ui/sticky-bar.tsx";
import { Steps } from "#ui/wizard/steps.tsx";
import { ProfessionalCard } from "./professional-card.tsx";
import { ServiceCard } from "./service-card.tsx";

/** The only page of the walk that a search may lead to, if the merchant wants it. */
export async function generateMetadata({ params }: { params: PageParams }): Promise<Metadata> {
  const found = await bookingOptionsOf((await params).id);
  return { robots: { index: found.ok && found.page.isListed } };
}

export default async function SelectPage({ params, searchParams }: { params: PageParams; searchParams: SearchParams }) {
  const { id } = await params;
  const found = await bookingOptionsOf(id);
  if (!found.ok) notFound();
  const choice = choose(found.options, await queryOf(searchParams, ["service", "professional"]));
  return <Selection link={id} options={found.options} choice={choice} />;
}

/** Every choice is a link that carries it in the address, so the page works without scripts. */
function Selection({ link, options, choice }: { link: string; options: BookingOptions; choice: Choice }) {
  const t = useTranslations("select");
  const language = useLocale();
  const locale = regionalLocale(language, options.tenant.country);
  const { locale: merchantLocale } = options.tenant;
  const { service, professional, professionals } = choice;
  const free = options.services.filter((one) => one.amountDueMinor === 0).length;
  const lead = free === 0 ? "lead" : free < options.services.length ? "leadSome" : "leadFree";
  const here = (query: { service?: string | undefined; professional?: string | undefined }) =>
    withQuery(`/book/${link}/select`, { service: service?.id, professional: professional?.id, ...query });
  return (
    <>
      <Steps current="service" isFree={service?.amountDueMinor === 0} />
      <FocusHeading className="font-bold text-3xl">{t("title")}</FocusHeading>
      <p className="mt-2 text-muted">{t(lead, { tenant: options.tenant.name })}</p>
      {options.services.length === 0 && (
        <Alert className="mt-8" title={t("nothing.title")}>
          <p>{t("nothing.text")}</p>
        </Alert>
      )}
      {options.services.length > 0 && (
        <section aria-labelledby="services" className="mt-8">
          <h2 id="services" className="mb-3 font-semibold text-xl">
            {t("services")}
          </h2>
          <ul className="grid gap-4">
            {options.services.map((one) => (
              <li key={one.id}>
                <ServiceCard
                  service={one}
                  words={serviceWords(one, { locale: language, merchantLocale })}
                  isChosen={one.id === service?.id}
                  address={here({ service: one.id })}
                  locale={locale}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {options.services.length > 0 && (
        <section aria-labelledby="professionals" className="mt-10">
          <h2 id="professionals" className="mb-3 font-semibold text-xl">
            {t("professionals")}
          </h2>
          {professionals.length === 0 && <Alert>{t("noProfessional")}</Alert>}
          <ul className="grid gap-4 sm:grid-cols-2">
            {professionals.map((one) => (
              <li key={one.id}>
                <ProfessionalCard
                  professional={one}
                  isChosen={one.id === professional?.id}
                  address={here({ professional: one.id })}
                  merchantLocale={merchantLocale}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {options.services.length > 0 && <SelectBar link={link} choice={choice} locale={locale} merchantLocale={merchantLocale} />}
    </>
  );
}

type SelectBarProps = { link: string; choice: Choice; locale: string; merchantLocale: string };

function SelectBar({ link, choice, locale, merchantLocale }: SelectBarProps) {
  const t = useTranslations("select");
  const price = useTranslations("price");
  const { service, professional } = choice;
  const language = useLocale();
  const words = service && serviceWords(service, { locale: language, merchantLocale });
  return (
    <StickyBar>
      <p className="min-w-0 text-sm sm:text-base">
        {service && words ? (
          <>
            <strong lang={words.language} className="block truncate font-semibold">
              {words.name}
            </strong>
            <span className="block truncate text-muted">
              {formatPrice({ amountMinor: service.priceMinor, currency: service.currency, locale, free: price("free") })}
              {professional && ` · ${professional.name}`}
            </span>
          </>
        ) : (
          <span className="text-muted">{t("chooseService")}</span>
        )}
      </p>
      {service && professional ? (
        <NextLink
          href={withQuery(`/book/${link}/availability`, { service: service.id, professional: professional.id })}
          data-testid="continue"
          className={buttonStyles({ className: "shrink-0" })}
        >
          {t("continue")}
          <ArrowRight aria-hidden className="size-5" />
        </NextLink>
      ) : (
        <button type="button" disabled data-testid="continue" className={buttonStyles({ className: "shrink-0" })}>
          {service ? t("chooseProfessional") : t("continue")}
        </button>
      )}
    </StickyBar>
  );
}
