import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { ImportForm } from "./import-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("links.csv"))("title") };
}

export default async function ImportLinksPage() {
  await requireMember("links.change");
  const t = await getTranslations("links");
  return (
    <ClientWords namespaces={["links", "dashboard", "errors"]}>
      <PageHead title={t("csv.title")} lead={t("csv.lead")} back={{ href: "/dashboard/links", label: t("title") }} />
      <ImportForm />
    </ClientWords>
  );
}
