import { Mail, MapPin, MessageCircle, Phone } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Place } from "#contracts/checkout.ts";

type WhereProps = {
  place: Place;
  /** Then nobody needs to find the way. */
  isOnline: boolean;
  merchantLocale: string | undefined;
};

/** Where to go, and how to reach the merchant. Shows only what the merchant has said. */
export function Where({ place, isOnline, merchantLocale }: WhereProps) {
  const t = useTranslations("place");
  return (
    <div data-testid="place" className="space-y-2 text-[0.9375rem]">
      {!isOnline && (
        <Line icon={<MapPin aria-hidden className="mt-0.5 size-5 shrink-0 text-brand-ink" />}>
          <span className="sr-only">{t("where")} </span>
          <span lang={merchantLocale}>
            <span className="font-semibold">{place.name}</span>
            {place.address && <span className="block">{place.address}</span>}
            {place.directions && <span className="block whitespace-pre-line text-muted">{place.directions}</span>}
          </span>
          {place.mapUrl && (
            <a href={place.mapUrl} target="_blank" rel="noopener noreferrer" className={linkLook}>
              {t("map")}
              <span className="sr-only"> {t("newTab")}</span>
            </a>
          )}
        </Line>
      )}
      <Contact place={place} />
    </div>
  );
}

/** Each way on a line of its own, large enough for a thumb. */
export function Contact({ place }: { place: Place }) {
  const t = useTranslations("place");
  const icon = "size-5 shrink-0 text-brand-ink";
  return (
    <>
      {place.phone && (
        <a href={`tel:${place.phone}`} className={wayLook}>
          <Phone aria-hidden className={icon} />
          <span>
            <span className="sr-only">{t("phone")} </span>
            {shown(place.phone)}
          </span>
        </a>
      )}
      {place.whatsapp && (
        <a href={`https://wa.me/${place.whatsapp.replaceAll(/\D/g, "")}`} target="_blank" rel="noopener noreferrer" className={wayLook}>
          <MessageCircle aria-hidden className={icon} />
          <span>
            WhatsApp {shown(place.whatsapp)}
            <span className="sr-only"> {t("newTab")}</span>
          </span>
        </a>
      )}
      {place.email && (
        <a href={`mailto:${place.email}`} className={wayLook}>
          <Mail aria-hidden className={icon} />
          <span className="min-w-0 break-all">
            <span className="sr-only">{t("email")} </span>
            {place.email}
          </span>
        </a>
      )}
    </>
  );
}

const linkLook = "inline-flex min-h-11 items-center text-brand-ink underline underline-offset-4";
const wayLook = "flex min-h-11 items-center gap-3 underline-offset-4 hover:underline";
const shown = (phone: string): string => phone.replace(";ext=", " ext. ");

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex gap-3">
      {icon}
      <div className="min-w-0">{children}</div>
    </div>
  );
}
