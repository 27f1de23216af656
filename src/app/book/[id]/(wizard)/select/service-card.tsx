import { Clock, Video } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Service } from "#app/book/choice.ts";
import type { serviceWords } from "#app/book/service-words.ts";
import { Badge } from "#ui/badge.tsx";
import { formatMoney, formatPrice } from "#ui/format.ts";
import { NextLink } from "#ui/next-link.tsx";
import { Picture } from "#ui/picture.tsx";
import { ChoiceMark, choiceCardStyles } from "./choice-mark.tsx";

type ServiceCardProps = {
  service: Service;
  words: ReturnType<typeof serviceWords>;
  isChosen: boolean;
  address: string;
  locale: string;
};

export function ServiceCard({ service, words, isChosen, address, locale }: ServiceCardProps) {
  const t = useTranslations("select");
  const price = useTranslations("price");
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: service.currency, locale });
  return (
    <NextLink
      href={address}
      replace
      scroll={false}
      aria-current={isChosen ? "true" : undefined}
      data-testid="service-card"
      data-id={service.id}
      className={choiceCardStyles(isChosen)}
    >
      {service.imageUrl && (
        <Picture
          src={service.imageUrl}
          width={192}
          height={192}
          className="hidden w-44 shrink-0 self-stretch rounded-l-[0.9rem] object-cover sm:block"
        />
      )}
      <span className="flex min-w-0 grow flex-col p-4 sm:p-5">
        <span className="flex items-start gap-3">
          {service.imageUrl && (
            <Picture src={service.imageUrl} width={64} height={64} className="size-16 shrink-0 rounded-xl object-cover sm:hidden" />
          )}
          <span className="min-w-0 grow">
            <strong lang={words.language} className="block font-semibold text-lg leading-snug">
              {words.name}
            </strong>
            <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
              <span className="inline-flex items-center gap-1.5">
                <Clock aria-hidden className="size-4" />
                {t("minutes", { minutes: service.durationMinutes })}
              </span>
              {service.online && (
                <Badge className={isChosen ? "bg-card" : ""}>
                  <Video aria-hidden className="size-4" />
                  {t("online")}
                </Badge>
              )}
            </span>
          </span>
          <ChoiceMark isChosen={isChosen} />
        </span>
        <span lang={words.language} className="mt-3 block text-muted">
          {words.description}
        </span>
        <span className="mt-auto block pt-3">
          <strong className="font-semibold text-lg">
            {formatPrice({ amountMinor: service.priceMinor, currency: service.currency, locale, free: price("free") })}
          </strong>
          {service.chargeType === "on_site" && service.priceMinor > 0 && <span className="block text-sm">{t("onSite")}</span>}
          {service.amountDueMinor > 0 && service.amountDueMinor < service.priceMinor && (
            <span className="block text-sm">
              {t("deposit", {
                due: money(service.amountDueMinor),
                percent: Math.round((service.amountDueMinor / service.priceMinor) * 100),
                rest: money(service.priceMinor - service.amountDueMinor),
              })}
            </span>
          )}
        </span>
        {isChosen && <span className="sr-only">{t("chosen")}</span>}
      </span>
    </NextLink>
  );
}
