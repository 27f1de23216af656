import { useTranslations } from "next-intl";

/** What to do on a page that cannot work without scripts; the page of a booking must not send somebody who has paid away to book again. */
export function NeedsScripts({ isBooked = false }: { isBooked?: boolean }) {
  const t = useTranslations("noscript");
  return (
    <noscript>
      <div className="mt-6 rounded-xl border border-warn/25 bg-warn-soft p-4 text-warn">
        <p className="font-semibold">{t(isBooked ? "bookingTitle" : "title")}</p>
        <p className="mt-1">{t(isBooked ? "bookingText" : "text")}</p>
      </div>
    </noscript>
  );
}
