import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { ImportForm } from "./import-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("bookings.import"))("title") };
}

export default async function ImportBookingsPage() {
  await requireMember("bookings.change");
  const t = await getTranslations("bookings");
  return (
    <ClientWords namespaces={["bookings", "dashboard", "errors"]}>
      <PageHead title={t("import.title")} lead={t("import.lead")} back={{ href: "/dashboard/bookings", label: t("title") }} />
      <ImportForm locale={await getLocale()} />
    </ClientWords>
  );
}
