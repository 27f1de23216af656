import type { Passkey } from "#contracts/passkey.ts";
import { authDb } from "#platform/db.ts";

const listMax = 100;

export async function listPasskeys(personId: string): Promise<Passkey[]> {
  const rows = await authDb()
    .selectFrom("auth.person_passkey")
    .select(["id", "name", "created_at", "last_used_at"])
    .where("user_id", "=", personId)
    .orderBy("created_at", "desc")
    .limit(listMax)
    .execute();
  return rows.map(shownPasskey);
}

type Row = { id: string; name: string; created_at: Date; last_used_at: Date | null };

export function shownPasskey({ id, name, created_at, last_used_at }: Row): Passkey {
  return { id, name, madeAt: created_at.toISOString(), usedAt: last_used_at?.toISOString() ?? null };
}
