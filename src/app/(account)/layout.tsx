import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";

/** A link's token must reach no other site, and no search engine needs these pages. */
export const metadata: Metadata = { robots: { index: false }, referrer: "no-referrer" };

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <ClientWords namespaces={["account", "errors", "frame"]}>
      <Frame brand={<KonfirmadoBrand />}>
        <div className="mx-auto w-full max-w-md">{children}</div>
      </Frame>
    </ClientWords>
  );
}
