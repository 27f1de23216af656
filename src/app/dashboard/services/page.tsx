import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { loadServices } from "#queries/merchant/services.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { buttonStyles } from "#ui/button.tsx";
import { Empty } from "#ui/dashboard/empty.tsx";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../member.ts";
import { ServiceList } from "./service-list.tsx";
import { TemplateLinks } from "./template-links.tsx";
import { emptyIcon } from "./templates.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services.list");
  return { title: t("title") };
}

export default async function ServicesPage() {
  const { member, permissions } = await requireMember("services.read");
  const { tenantId } = member;
  const [{ services }, { country, locale: merchantLocale }] = await Promise.all([loadServices({ tenantId }), loadTenantSettings(tenantId)]);
  const t = await getTranslations("services.list");
  const locale = regionalLocale(await getLocale(), country);
  const canChange = permissions.includes("services.change");
  return (
    <ClientWords namespaces={["services", "dashboard", "errors"]}>
      <PageHead
        title={t("title")}
        lead={t(canChange ? "lead" : "readOnly")}
        actions={
          canChange && services.length > 0 ? (
            <Link href="/dashboard/services/new" className={buttonStyles({})}>
              <Plus aria-hidden className="size-5" />
              {t("new")}
            </Link>
          ) : undefined
        }
      />
      {services.length === 0 ? (
        <Empty icon={emptyIcon} title={t("empty.title")} text={t("empty.text")}>
          {canChange && <TemplateLinks />}
        </Empty>
      ) : (
        <ServiceList services={services} canChange={canChange} locale={locale} merchantLocale={merchantLocale} />
      )}
    </ClientWords>
  );
}
