import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { TenantChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { changeCatalog } from "../change-catalog.ts";
import { claimWord, giveBackWord } from "../claim-word.ts";
import { tenantColumns } from "./tenant-columns.ts";

type Update = { caller: Caller; input: { tenantId: string; changes: TenantChanges } };

/** Refuses: tenant_unknown, slug_taken. */
export async function updateTenant({ caller, input: { tenantId, changes } }: Update): Promise<{ id: string }> {
  return changeCatalog({ caller, tenantId, kind: "tenant.updated" }, async (tx) => {
    if (changes.slug !== undefined) await moveSlug(tx, tenantId, changes.slug);
    // An address that was switched off is tried anew once it is said again: its health is its own.
    if (changes.callbackUrl !== undefined) await tx.deleteFrom("callback_endpoint").where("tenant_id", "=", tenantId).execute();
    await tx
      .updateTable("tenant")
      .set({ ...tenantColumns(changes), updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .execute();
    return { id: tenantId };
  });
}

/** Releases the old slug, so that another tenant may take it. */
async function moveSlug(tx: Tx, tenantId: string, slug: string): Promise<void> {
  const before = await tx.selectFrom("tenant").select("slug").where("tenant_id", "=", tenantId).forUpdate().executeTakeFirstOrThrow();
  if (before.slug === slug) return;
  if (!(await claimWord(tx, { kind: "tenant_slug", key: slug, tenantId }))) throw new Refusal("slug_taken");
  await giveBackWord(tx, { kind: "tenant_slug", key: before.slug, tenantId });
}
