import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { merchantFormats } from "#queries/merchant/formats.ts";
import { loadNoticeMails } from "#queries/notices/notice-mails.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { MailsForm } from "./mails-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("notices.mails"))("title") };
}

export default async function NoticeSettingsPage() {
  const { member } = await requireMember("bookings.read");
  const t = await getTranslations("notices.mails");
  const [mails, { country }] = await Promise.all([loadNoticeMails(member), merchantFormats(member.tenantId)]);
  return (
    <ClientWords namespaces={["notices", "dashboard", "errors"]}>
      <PageHead title={t("title")} lead={t("lead", { email: mails.email })} />
      <MailsForm mails={mails} isStaff={member.role === "staff"} locale={regionalLocale(await getLocale(), country)} />
    </ClientWords>
  );
}
