import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../../member.ts";
import { PersonalCopy } from "./personal-copy.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("customers.copy"))("title") };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The same as the JSON file, to read and to print. */
export default async function ExportPage({ params }: { params: Promise<{ id: string }> }) {
  const { member } = await requireMember("customers.change");
  const { id } = await params;
  if (!uuid.test(id)) notFound();
  const t = await getTranslations("customers.copy");
  const { timezone, country } = await merchantFormats(member.tenantId);
  return (
    <ClientWords namespaces={["customers", "booking", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead")} back={{ href: `/dashboard/customers/${id}`, label: t("back") }} />
      <PersonalCopy id={id} locale={regionalLocale(await getLocale(), country)} timezone={timezone} />
    </ClientWords>
  );
}
