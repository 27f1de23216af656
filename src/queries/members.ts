import { sql } from "kysely";
import type { Permission, Role } from "#domain/roles.ts";
import { isPermission } from "#domain/roles.ts";
import { inSystem } from "#platform/db.ts";
import { sha256Hex } from "#platform/ids.ts";

export type Membership = {
  memberId: string;
  tenantId: string;
  tenantName: string;
  role: Role;
  professionalId: string | null;
  seesPhones: boolean;
};

const membershipsMax = 200;

/** All merchants of a person, by name. By the system role, because no tenant is known yet. */
export function membershipsOf(personId: string): Promise<Membership[]> {
  return inSystem((tx) =>
    tx
      .selectFrom("member as m")
      .innerJoin("tenant as t", "t.tenant_id", "m.tenant_id")
      .select(["m.id as memberId", "m.tenant_id as tenantId", "t.name as tenantName", "m.role"])
      .select(["m.professional_id as professionalId", "m.sees_phones as seesPhones"])
      .where("m.person_id", "=", personId)
      .where("m.removed_at", "is", null)
      .orderBy("t.name")
      .limit(membershipsMax)
      .execute(),
  );
}

/** For the wished merchant. If that is none of theirs: null for a firm wish, else the first. */
export async function membershipFor(personId: string, wish: { tenantId: string | null; isFirm: boolean }): Promise<Membership | null> {
  const all = await membershipsOf(personId);
  const wished = all.find(({ tenantId }) => tenantId === wish.tenantId);
  return wished ?? (wish.isFirm ? null : (all[0] ?? null));
}

export type KnownKey = { apiKeyId: string; tenantId: string; permissions: Permission[] };

/** Any number of requests a minute write one `last_used_at`. */
const usedAgainSeconds = 60;

/** Returns null for an unknown or revoked key. Notes that it was used. */
export function findApiKey(key: string): Promise<KnownKey | null> {
  const hash = sha256Hex(key);
  return inSystem(async (tx) => {
    const found = await tx
      .selectFrom("api_key")
      .select(["id", "tenant_id", "permissions"])
      .select(sql<boolean>`last_used_at is null or last_used_at < now() - make_interval(secs => ${usedAgainSeconds})`.as("isNoted"))
      .where("hash", "=", hash)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (!found) return null;
    if (found.isNoted)
      await tx
        .updateTable("api_key")
        .set({ last_used_at: sql`now()` })
        .where("tenant_id", "=", found.tenant_id)
        .where("id", "=", found.id)
        .execute();
    return { apiKeyId: found.id, tenantId: found.tenant_id, permissions: found.permissions.filter(isPermission) };
  });
}
