import { useTranslations } from "next-intl";

const mails = ["customer", "professional", "merchant"] as const;

/** The three mails as they were sent. A frame without scripts shows each. */
export function Mails({ bookingId }: { bookingId: string }) {
  const t = useTranslations("firstRun.mails");
  return (
    <section aria-labelledby="mails" data-testid="mails">
      <h3 id="mails" className="font-semibold">
        {t("title")}
      </h3>
      <ul className="mt-3 grid gap-4 2xl:grid-cols-2">
        {mails.map((mail) => (
          <li key={mail}>
            <p className="mb-1.5 text-muted text-sm">{t(mail)}</p>
            <iframe
              src={`/api/first-run/mails/${bookingId}/${mail}`}
              title={t("frame", { who: t(mail) })}
              sandbox=""
              loading="lazy"
              className="h-96 w-full rounded-xl border border-line bg-white"
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
