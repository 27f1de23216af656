import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { ImportForm } from "./import-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers.csv"))("title") };
}

export default async function ImportCustomersPage() {
  await requireMember("customers.change");
  const t = await getTranslations("customers");
  return (
    <ClientWords namespaces={["customers", "dashboard", "errors"]}>
      <PageHead title={t("csv.title")} lead={t("csv.lead")} back={{ href: "/dashboard/customers", label: t("title") }} />
      <ImportForm />
    </ClientWords>
  );
}
