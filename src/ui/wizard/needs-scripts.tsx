import { useTranslations } from "next-intl";

/** Without scripts. A customer who has booked must not be sent to book again. */
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
