"use client";

import { ArrowRight, Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { buttonStyles } from "#ui/button.tsx";
import { type Theme, themeOf } from "#ui/colors.ts";
import { Picture } from "#ui/picture.tsx";

type BookingPreviewProps = { name: string; locale: string; logoUrl: string | null; primaryColor: string; secondaryColor: string };

const variables = [
  ["brand", "--brand"],
  ["onBrand", "--on-brand"],
  ["brandInk", "--brand-ink"],
  ["brandSoft", "--brand-soft"],
  ["accent", "--accent"],
] as const satisfies readonly (readonly [keyof Theme, string])[];

/** A phone with the first page of a booking, in the colours that are being chosen. */
export function BookingPreview({ name, locale, logoUrl, primaryColor, secondaryColor }: BookingPreviewProps) {
  const t = useTranslations("settings.branding");
  const phone = useRef<HTMLDivElement>(null);
  // By script and not as a style attribute, which our policy for content blocks.
  useEffect(() => {
    const theme = themeOf(primaryColor, secondaryColor)[isDark() ? "dark" : "light"];
    for (const [color, variable] of variables) phone.current?.style.setProperty(variable, theme[color]);
  }, [primaryColor, secondaryColor]);
  return (
    <section aria-labelledby="preview" className="lg:sticky lg:top-24">
      <h2 id="preview" className="font-semibold text-lg">
        {t("preview")}
      </h2>
      <p className="mt-1 mb-3 text-muted text-sm">{t("previewHint")}</p>
      <div
        ref={phone}
        data-testid="preview"
        className="mx-auto w-full max-w-[20rem] overflow-hidden rounded-[2rem] border-8 border-ink/80 bg-paper text-left"
      >
        <div className="flex min-h-16 items-center gap-3 border-line border-b bg-card px-4 py-2">
          {logoUrl && <Picture src={logoUrl} width={44} height={44} className="size-11 shrink-0 rounded-lg object-contain" />}
          <span lang={locale} className="min-w-0 font-semibold text-lg leading-tight">
            {name}
          </span>
        </div>
        <div className="space-y-4 px-4 py-6">
          <p className="font-bold text-2xl">{t("previewTitle")}</p>
          <div className="rounded-2xl border-2 border-brand bg-brand-soft p-4">
            <div className="flex items-start justify-between gap-3">
              <span className="font-semibold">{t("previewService")}</span>
              <span className="inline-flex items-center gap-1 font-medium text-brand-ink text-sm">
                <Check aria-hidden className="size-4" />
                {t("previewChosen")}
              </span>
            </div>
            <p className="text-muted text-sm">{t("previewMinutes")}</p>
          </div>
          <div className="h-1.5 w-16 rounded-full bg-accent" />
          <span className="block text-brand-ink underline underline-offset-4">{t("previewLink")}</span>
          <span data-testid="preview-button" className={buttonStyles({ wide: true })}>
            {t("previewButton")}
            <ArrowRight aria-hidden className="size-5" />
          </span>
        </div>
      </div>
    </section>
  );
}

function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen ? chosen === "dark" : window.matchMedia("(prefers-color-scheme: dark)").matches;
}
