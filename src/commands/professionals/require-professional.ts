import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";

/** Locks the row, also against archiving. Refuses: professional_unknown. */
export async function requireProfessional(tx: Tx, tenantId: string, professionalId: string): Promise<void> {
  const found = await tx
    .selectFrom("professional")
    .select("id")
    .where("tenant_id", "=", tenantId)
    .where("id", "=", professionalId)
    .where("deleted_at", "is", null)
    .forNoKeyUpdate()
    .executeTakeFirst();
  if (!found) throw new Refusal("professional_unknown");
}
