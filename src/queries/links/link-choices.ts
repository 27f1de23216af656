import { sql } from "kysely";
import { inTenant } from "#platform/db.ts";

export type LinkChoices = {
  timezone: string;
  country: string;
  services: { id: string; name: string; isArchived: boolean; professionalIds: string[] }[];
  professionals: { id: string; name: string; isArchived: boolean }[];
};

const choicesMax = 400;

/** What a link may choose. Archived ones too, because a link may still name one. */
export function loadLinkChoices(tenantId: string): Promise<LinkChoices> {
  return inTenant(tenantId, async (tx) => {
    const tenant = await tx.selectFrom("tenant").select(["timezone", "country"]).executeTakeFirstOrThrow();
    const isArchived = sql<boolean>`deleted_at is not null`.as("isArchived");
    const services = await tx
      .selectFrom("service as s")
      .select(["s.id", "s.name", isArchived])
      .select(
        sql<string[]>`(select coalesce(json_agg(sp.professional_id), '[]') from service_professional sp
          where sp.tenant_id = s.tenant_id and sp.service_id = s.id)`.as("professionalIds"),
      )
      .orderBy("s.position")
      .orderBy("s.name")
      .limit(choicesMax)
      .execute();
    const professionals = await tx
      .selectFrom("professional")
      .select(["id", "name", isArchived])
      .orderBy("position")
      .orderBy("name")
      .limit(choicesMax)
      .execute();
    return { ...tenant, services, professionals };
  });
}
