import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";

/**
 * The address is a secret: no search engine and no other site learns it. Next asks no page for its
 * title once the answer is 404, hence a layout.
 */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("professionals.connect");
  return { title: t("title"), robots: { index: false }, referrer: "no-referrer" };
}

export default function ConnectCalendarLayout({ children }: { children: ReactNode }) {
  return children;
}
