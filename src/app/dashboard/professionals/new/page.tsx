import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { loadChoices } from "../choices.ts";
import { NewProfessional } from "./new-professional.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("professionals");
  return { title: t("new") };
}

export default async function NewProfessionalPage() {
  const { member } = await requireMember("professionals.change");
  const t = await getTranslations("professionals");
  return (
    <ClientWords namespaces={["professionals", "dashboard", "errors"]}>
      <PageHead title={t("new")} back={{ href: "/dashboard/professionals", label: t("back") }} />
      <NewProfessional choices={await loadChoices(member.tenantId)} />
    </ClientWords>
  );
}
