import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadUnsubscribing } from "#queries/notices/unsubscribing.ts";
import { Card } from "#ui/card.tsx";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { StopForm } from "./stop-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const title = (await getTranslations("notices.unsubscribe"))("title");
  // The token must reach no other site, and no search engine needs this page.
  return { title, robots: { index: false }, referrer: "no-referrer" };
}

/** Where a member's mail leads. A button, because programs that look into mails open links, too. */
export default async function NoticeMailsPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const t = await getTranslations("notices");
  const named = await loadUnsubscribing(token);
  return (
    <ClientWords namespaces={["notices", "errors", "frame"]}>
      <Frame brand={<KonfirmadoBrand />}>
        <Card className="mx-auto w-full max-w-md space-y-4">
          {named ? (
            <>
              <h1 className="font-bold text-2xl">{t("unsubscribe.ask", { kind: t(`mailKind.${named.kind}`) })}</h1>
              <p className="text-muted">{t("unsubscribe.text", { tenant: named.tenantName })}</p>
              <StopForm token={token} isWanted={named.isWanted} />
            </>
          ) : (
            <>
              <h1 className="font-bold text-2xl">{t("unsubscribe.unknownTitle")}</h1>
              <p className="text-muted">{t("unsubscribe.unknown")}</p>
            </>
          )}
        </Card>
      </Frame>
    </ClientWords>
  );
}
