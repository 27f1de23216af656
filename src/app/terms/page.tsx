import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Frame, KonfirmadoBrand } from "#ui/frame.tsx";
import { GeneralTerms } from "./general-terms.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("terms");
  return { title: t("title") };
}

export default function TermsPage() {
  const t = useTranslations("terms");
  return (
    <Frame brand={<KonfirmadoBrand />}>
      <article className="max-w-2xl">
        <h1 className="font-bold text-3xl">{t("title")}</h1>
        <p className="mt-3 text-lg text-muted">{t("lead")}</p>
        <GeneralTerms />
      </article>
    </Frame>
  );
}
