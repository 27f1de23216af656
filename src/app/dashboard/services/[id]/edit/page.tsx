import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { cache } from "react";
import { Refusal } from "#contracts/problem.ts";
import type { Service } from "#contracts/services.ts";
import { loadLocations } from "#queries/merchant/locations.ts";
import { loadService } from "#queries/merchant/services.ts";
import { loadTenantSettings } from "#queries/merchant/tenant-settings.ts";
import { listProfessionals } from "#queries/professionals/professionals.ts";
import { PageHead } from "#ui/dashboard/page-head.tsx";
import { regionalLocale } from "#ui/format.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../../member.ts";
import { ServiceForm } from "../../form/service-form.tsx";

type Asked = { params: Promise<{ id: string }> };
const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("services.form");
  return { title: t("editTitle") };
}

export default async function EditServicePage({ params }: Asked) {
  const { member } = await requireMember("services.change");
  const { tenantId } = member;
  const { id } = await params;
  const service = idShape.test(id) ? await serviceOf(tenantId, id) : null;
  if (!service) notFound();
  // Its archive has the button that restores it.
  if (service.archivedAt !== null) redirect("/dashboard/services");
  const [tenant, { professionals }, locations] = await Promise.all([
    loadTenantSettings(tenantId),
    listProfessionals({ tenantId }),
    loadLocations(tenantId),
  ]);
  const t = await getTranslations("services.form");
  const { version, ...values } = service;
  return (
    <ClientWords namespaces={["services", "dashboard", "errors"]}>
      <PageHead title={t("editTitle")} lead={service.name} back={{ href: "/dashboard/services", label: t("back") }} />
      <ServiceForm
        saved={{ id, version }}
        values={values}
        professionals={professionals}
        locations={locations}
        tenant={tenant}
        locale={regionalLocale(await getLocale(), tenant.country)}
      />
    </ClientWords>
  );
}

const serviceOf = cache(async (tenantId: string, serviceId: string): Promise<Service | null> => {
  try {
    return await loadService({ tenantId, serviceId });
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
});
