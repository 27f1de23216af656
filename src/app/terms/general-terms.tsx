import { useTranslations } from "next-intl";

const sections = ["parties", "booking", "payment", "changes", "privacy", "rights", "contact"] as const;

/** What holds for every booking, whatever a merchant adds. */
export function GeneralTerms() {
  const t = useTranslations("terms");
  return sections.map((section) => (
    <section key={section} className="mt-8">
      <h2 className="font-semibold text-xl">{t(`sections.${section}.title`)}</h2>
      <p className="mt-2">{t(`sections.${section}.text`)}</p>
    </section>
  ));
}
