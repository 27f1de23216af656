import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";

type Revoke = { caller: Caller; input: { tenantId: string; apiKeyId: string } };

/** The next request with it is refused. Refuses: api_key_unknown (also of a revoked one). */
export async function revokeApiKey({ caller, input: { tenantId, apiKeyId } }: Revoke): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "api_key.revoked", ids: { apiKeyId } }, async (tx, note) => {
    const revoked = await tx
      .updateTable("api_key")
      .set({ revoked_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", apiKeyId)
      .where("revoked_at", "is", null)
      .returning(["name", "revoked_at"])
      .executeTakeFirst();
    if (!revoked) throw new Refusal("api_key_unknown");
    note(changesBetween({ name: revoked.name, revoked_at: null }, revoked));
  });
}
