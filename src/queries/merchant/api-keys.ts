import { sql } from "kysely";
import type { ApiKeyAnswer } from "#contracts/merchant/keys.ts";
import { inTenant } from "#platform/db.ts";

const keysMax = 200;

/** Living keys first, then the newest. With `id`, that one alone. */
export function apiKeys(tenantId: string, id: string | null = null): Promise<ApiKeyAnswer[]> {
  return inTenant(tenantId, async (tx) => {
    const rows = await tx
      .selectFrom("api_key as k")
      .leftJoin("member as m", (join) => join.onRef("m.tenant_id", "=", "k.tenant_id").onRef("m.id", "=", "k.created_by"))
      .select(["k.id", "k.name", "k.shown", "k.permissions", "m.name as createdBy"])
      .select(["k.created_at as createdAt", "k.last_used_at as lastUsedAt", "k.revoked_at as revokedAt"])
      .$if(id !== null, (query) => query.where("k.id", "=", id))
      .orderBy(sql`k.revoked_at is null`, "desc")
      .orderBy("k.created_at", "desc")
      .limit(keysMax)
      .execute();
    return rows.map(({ createdAt, lastUsedAt, revokedAt, ...row }) => ({
      ...row,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
    }));
  });
}
