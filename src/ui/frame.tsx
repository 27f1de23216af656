import { headers } from "next/headers";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { themeCss, themeOf } from "./colors.ts";
import { LanguageLinks } from "./language-links.tsx";
import { Picture } from "./picture.tsx";

type FrameProps = { brand: ReactNode; aside?: ReactNode; termsAddress?: string; children: ReactNode };

/** Surrounds every page with the brand and the languages. */
export function Frame({ brand, aside, termsAddress = "/terms", children }: FrameProps) {
  return (
    <>
      <header className="border-line border-b bg-card">
        <div className="mx-auto flex min-h-16 w-full max-w-4xl items-center justify-between px-4 py-2 sm:px-6">
          {brand}
          {aside}
        </div>
      </header>
      <main id="main" className="mx-auto flex w-full max-w-4xl grow flex-col px-4 pt-6 pb-12 sm:px-6 sm:pt-10">
        {children}
      </main>
      <Footer termsAddress={termsAddress} />
    </>
  );
}

export function KonfirmadoBrand() {
  return (
    // A full page load, because a soft one would keep the last merchant's colours.
    <a href="/" className="inline-flex min-h-11 items-center gap-2.5 font-semibold text-lg tracking-tight">
      <svg aria-hidden viewBox="0 0 32 32" width={32} height={32}>
        <rect width="32" height="32" rx="8" fill="#0f6b5f" />
        <path d="M8 16.5l5.5 5.5L24.5 10.5" fill="none" stroke="#fff" strokeWidth="3.6" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      Konfirmado
    </a>
  );
}

type TenantFrameProps = {
  tenant: { name: string; logoUrl: string | null; primaryColor: string; secondaryColor: string; locale: string };
  /** Of the booking link by which a customer came: its merchant's own terms. */
  link?: string;
  children: ReactNode;
};

/** In the merchant's colours. Links into it load the whole page, for the document's nonce. */
export async function TenantFrame({ tenant, link, children }: TenantFrameProps) {
  const { name, logoUrl, locale, primaryColor, secondaryColor } = tenant;
  const brand = (
    <div className="flex min-w-0 items-center gap-3">
      {logoUrl && <Picture src={logoUrl} width={44} height={44} className="size-11 shrink-0 rounded-lg object-contain" />}
      <span lang={locale} className="min-w-0 font-semibold text-lg leading-tight tracking-tight">
        {name}
      </span>
    </div>
  );
  return (
    <>
      <style nonce={(await headers()).get("x-nonce") ?? undefined}>{themeCss(themeOf(primaryColor, secondaryColor))}</style>
      <Frame brand={brand} {...(link && { termsAddress: `/terms/${encodeURIComponent(link)}` })}>
        {children}
      </Frame>
    </>
  );
}

function Footer({ termsAddress }: { termsAddress: string }) {
  const t = useTranslations("frame");
  return (
    <footer className="border-line border-t">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-x-6 gap-y-1 px-4 py-5 text-muted text-sm sm:flex-row sm:items-center sm:justify-between sm:px-6">
        <div className="flex flex-wrap items-center gap-x-5">
          <p>{t.rich("poweredBy", { strong: (text) => <strong className="font-semibold text-ink">{text}</strong> })}</p>
          <a href={termsAddress} className="inline-flex min-h-11 items-center underline underline-offset-4">
            {t("terms")}
          </a>
        </div>
        <Suspense>
          <LanguageLinks />
        </Suspense>
      </div>
    </footer>
  );
}
