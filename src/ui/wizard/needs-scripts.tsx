import { useTranslations } from "next-intl";

/** What to do on a page that cannot work without scripts. */
export function NeedsScripts() {
  const t = useTranslations("noscript");
  return (
    <noscript>
      <div className="mt-6 rounded-xl border border-warn/25 bg-warn-soft p-4 text-warn">
        <p className="font-semibold">{t("title")}</p>
        <p className="mt-1">{t("text")}</p>
      </div>
    </noscript>
  );
}
