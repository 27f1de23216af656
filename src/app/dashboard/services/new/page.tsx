import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { queryOf, type SearchParams } from "#app/book/address.ts";
import { isServiceTemplate, serviceTemplates } from "#contracts/service-templates.ts";
import { loadLocations } from "#queries/merchant/locations.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { listProfessionals } from "#queries/professionals/professionals.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { newValues } from "../form/new-values.ts";
import { ServiceForm } from "../form/service-form.tsx";
import { TemplateLinks } from "../template-links.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services.form");
  return { title: t("newTitle") };
}

export default async function NewServicePage({ searchParams }: { searchParams: SearchParams }) {
  const { member } = await requireMember("services.change");
  const { tenantId } = member;
  const [tenant, { professionals }, locations] = await Promise.all([
    loadTenantSettings(tenantId),
    listProfessionals({ tenantId }),
    loadLocations(tenantId),
  ]);
  const t = await getTranslations("services");
  const { template } = await queryOf(searchParams, ["template"]);
  const words = await getTranslations({ locale: tenant.locale, namespace: "services.templates" });
  const isTemplate = isServiceTemplate(template);
  const values = newValues(
    tenant,
    professionals.map(({ id }) => id),
    {
      ...(isTemplate && { ...serviceTemplates[template], name: words(`${template}.name`), description: words(`${template}.description`) }),
    },
  );
  return (
    <ClientWords namespaces={["services", "dashboard", "errors"]}>
      <PageHead title={t("form.newTitle")} back={{ href: "/dashboard/services", label: t("form.back") }} />
      {!isTemplate && (
        <section aria-labelledby="templates" className="mb-6">
          <h2 id="templates" className="mb-3 font-medium">
            {t("list.templates")}
          </h2>
          <TemplateLinks />
        </section>
      )}
      <ServiceForm
        key={template ?? "blank"}
        saved={null}
        values={values}
        professionals={professionals}
        locations={locations}
        tenant={tenant}
        locale={regionalLocale(await getLocale(), tenant.country)}
      />
    </ClientWords>
  );
}
