import { headers } from "next/headers";
import { useTranslations } from "next-intl";
import { type ReactNode, Suspense } from "react";
import { classNames } from "./class-names.ts";
import { themeCss, themeOf } from "./colors.ts";
import { LanguageLinks } from "./language-links.tsx";
import { Picture } from "./picture.tsx";

type FrameProps = {
  brand: ReactNode;
  aside?: ReactNode;
  termsAddress?: string;
  /** For a grid of pictures. */
  isWide?: boolean;
  children: ReactNode;
};

/** Surrounds every page with the brand and the languages. */
export function Frame({ brand, aside, termsAddress = "/terms", isWide = false, children }: FrameProps) {
  const width = isWide ? "max-w-6xl" : "max-w-4xl";
  return (
    <>
      <header className="border-line border-b bg-card">
        <div className={classNames("mx-auto flex min-h-16 w-full items-center justify-between gap-4 px-4 py-2 sm:px-6", width)}>
          {brand}
          {aside}
        </div>
      </header>
      <main id="main" className={classNames("mx-auto flex w-full grow flex-col px-4 pt-6 pb-12 sm:px-6 sm:pt-10", width)}>
        {children}
      </main>
      <Footer termsAddress={termsAddress} width={width} />
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

type Colors = { primaryColor: string; secondaryColor: string };
type TenantFrameProps = {
  tenant: Colors & { name: string; logoUrl: string | null; locale: string };
  /** Of the booking link by which a customer came: its merchant's own terms. */
  link?: string;
  children: ReactNode;
};

/** In the merchant's colours. Links into it load the whole page, for the document's nonce. */
export async function TenantFrame({ tenant, link, children }: TenantFrameProps) {
  return (
    <>
      <TenantColors {...tenant} />
      <Frame brand={<TenantBrand {...tenant} />} {...(link && { termsAddress: `/terms/${encodeURIComponent(link)}` })}>
        {children}
      </Frame>
    </>
  );
}

export async function TenantColors({ primaryColor, secondaryColor }: Colors) {
  return <style nonce={(await headers()).get("x-nonce") ?? undefined}>{themeCss(themeOf(primaryColor, secondaryColor))}</style>;
}

export function TenantBrand({ name, logoUrl, locale }: { name: string; logoUrl: string | null; locale: string }) {
  return (
    <div className="flex min-w-0 items-center gap-3">
      {logoUrl && <Picture src={logoUrl} width={44} height={44} className="size-11 shrink-0 rounded-lg object-contain" />}
      <span lang={locale} className="min-w-0 font-semibold text-lg leading-tight tracking-tight">
        {name}
      </span>
    </div>
  );
}

function Footer({ termsAddress, width }: { termsAddress: string; width: string }) {
  const t = useTranslations("frame");
  return (
    <footer className="border-line border-t">
      <div
        className={classNames(
          "mx-auto flex w-full flex-col gap-x-6 gap-y-1 px-4 py-5 text-muted text-sm sm:flex-row sm:items-center sm:justify-between sm:px-6",
          width,
        )}
      >
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
