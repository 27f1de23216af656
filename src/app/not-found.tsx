import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { buttonStyles } from "#ui/button.tsx";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { ProblemPage } from "#ui/problem-page.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("problems"))("notFound.title") };
}

export default function NotFound() {
  const t = useTranslations("problems");
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <ProblemPage title={t("notFound.title")} text={t("notFound.text")}>
        <a href="/" className={buttonStyles({ look: "outline" })}>
          {t("home")}
        </a>
      </ProblemPage>
    </Frame>
  );
}
