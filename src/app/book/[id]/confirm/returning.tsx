"use client";

import { useTranslations } from "next-intl";
import { Button, buttonStyles } from "#ui/button.tsx";

type ReturningProps = { returnUrl: string; tenant: string; left: number; onStay: () => void };

/**
 * Says at the top of the page that it is about to leave. Screen readers hear it once, from another
 * place: a number that is read every second helps nobody.
 */
export function Returning({ returnUrl, tenant, left, onStay }: ReturningProps) {
  const t = useTranslations("confirm");
  return (
    <section
      aria-label={t("returnLabel")}
      data-testid="returning"
      className="sticky top-2 z-10 mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2 rounded-2xl border-2 border-brand-ink bg-brand-soft px-4 py-3"
    >
      <p aria-hidden>{t("returning", { tenant, seconds: left })}</p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={onStay}>{t("stay")}</Button>
        <a href={returnUrl} className={buttonStyles({ look: "quiet" })}>
          {t("returnNow", { tenant })}
        </a>
      </div>
    </section>
  );
}
