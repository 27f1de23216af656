"use client";

import { useTranslations } from "next-intl";

/** The live booking page in the size of a phone. What it opens stays inside (src/proxy.ts). */
export function PhonePreview({ address, banner }: { address: string | null; banner?: string }) {
  const t = useTranslations("links.preview");
  return (
    <section aria-labelledby="preview" className="w-full max-w-[23.4375rem]">
      <h2 id="preview" className="mb-3 font-semibold text-lg">
        {t("title")}
      </h2>
      {address ? (
        <div className="overflow-hidden rounded-4xl border-8 border-ink/80 bg-card">
          <p className="bg-warn-soft px-3 py-1.5 text-center font-medium text-sm text-warn">{banner ?? t("banner")}</p>
          <iframe
            key={address}
            src={address}
            title={t("frame")}
            sandbox="allow-scripts allow-same-origin allow-forms"
            loading="lazy"
            data-testid="preview"
            className="block h-[40rem] w-full bg-paper"
          />
        </div>
      ) : (
        <p className="rounded-2xl border border-edge border-dashed p-6 text-muted">{t("none")}</p>
      )}
    </section>
  );
}
