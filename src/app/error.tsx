"use client";

import { useTranslations } from "next-intl";
import { Button } from "#ui/button.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";

/** The server has logged the error; `digest` finds it there. */
export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  const t = useTranslations("problems");
  return (
    <main id="main" className="flex grow flex-col px-4">
      <title>{t("broken.title")}</title>
      <ProblemPage title={t("broken.title")} text={t("broken.text")}>
        <Button onClick={() => window.location.reload()}>{t("reload")}</Button>
      </ProblemPage>
      {error.digest && <p className="pb-6 text-center text-muted text-sm">{t("reference", { digest: error.digest })}</p>}
    </main>
  );
}
