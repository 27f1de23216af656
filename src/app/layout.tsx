import type { Metadata, Viewport } from "next";
import localFont from "next/font/local";
import { cookies } from "next/headers";
import { NextIntlClientProvider } from "next-intl";
import { getLocale, getMessages, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { timeNow } from "#queries/time-now.ts";
import "./globals.css";

const inter = localFont({
  src: "../../node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
  weight: "100 900",
  variable: "--font-inter",
  display: "swap",
});

export const viewport: Viewport = { width: "device-width", initialScale: 1, viewportFit: "cover" };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("landing");
  return {
    title: { default: "Konfirmado", template: "%s · Konfirmado" },
    description: t("lead"),
    icons: {
      icon: [
        { url: "/favicon.ico", sizes: "32x32" },
        { url: "/icon.svg", type: "image/svg+xml" },
      ],
      apple: "/apple-icon.png",
    },
    // iOS makes links of what it takes for dates and phones, before React has looked at the page.
    formatDetection: { telephone: false, date: false, address: false, email: false },
  };
}

/** Returns undefined for whoever has chosen none: then as their system has it. */
async function chosenTheme(): Promise<"light" | "dark" | undefined> {
  const chosen = (await cookies()).get("theme")?.value;
  return chosen === "light" || chosen === "dark" ? chosen : undefined;
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const { frame, problems } = await getMessages();
  const t = await getTranslations("frame");
  return (
    // The server's time, for countdowns (src/ui/server-time.ts).
    <html lang={locale} className={inter.variable} data-server-now={timeNow()} data-theme={await chosenTheme()}>
      <body className="flex flex-col font-sans">
        <a
          href="#main"
          className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-lg focus:bg-card focus:p-3"
        >
          {t("skip")}
        </a>
        <NextIntlClientProvider messages={{ frame, problems }}>{children}</NextIntlClientProvider>
      </body>
    </html>
  );
}
