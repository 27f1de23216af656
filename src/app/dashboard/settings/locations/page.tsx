import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { loadLocations } from "#queries/merchant/locations.ts";
import { loadServiceEffects } from "#queries/merchant/settings-effects.ts";
import { ClientWords } from "#ui/i18n/client-words.tsx";
import { requireMember } from "../../member.ts";
import { Locations } from "./locations.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("settings.locations"))("title") };
}

export default async function LocationsPage() {
  const { member } = await requireMember("tenant.change");
  const [locations, services] = await Promise.all([loadLocations(member.tenantId), loadServiceEffects(member.tenantId)]);
  return (
    <ClientWords namespaces={["settings", "dashboard", "errors", "place"]}>
      <Locations locations={locations} services={services.map(({ id, name }) => ({ id, name }))} />
    </ClientWords>
  );
}
