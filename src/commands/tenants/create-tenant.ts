import type { Caller } from "#contracts/caller.ts";
import type { NewTenant } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { inSystem } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { logCatalogChange } from "../change-catalog.ts";
import { claimWord } from "../claim-word.ts";
import { keepTaxRate } from "./keep-tax-rate.ts";
import { tenantColumns } from "./tenant-columns.ts";

/** By the system role, because there is no tenant yet. Refuses: slug_taken, id_taken. */
export async function createTenant({ caller, input }: { caller: Caller; input: NewTenant }): Promise<{ id: string }> {
  const { id: tenantId = newId(), slug, name } = input;
  await inSystem(async (tx) => {
    const made = await tx
      .insertInto("tenant")
      .values({ ...tenantColumns(input), tenant_id: tenantId, slug, name })
      .onConflict((conflict) => conflict.column("tenant_id").doNothing())
      .executeTakeFirst();
    if (!made.numInsertedOrUpdatedRows) throw new Refusal("id_taken");
    if (!(await claimWord(tx, { kind: "tenant_slug", key: slug, tenantId }))) throw new Refusal("slug_taken");
    if (input.taxPercent) await keepTaxRate(tx, tenantId, input.taxPercent);
    await logCatalogChange(tx, { caller, tenantId, kind: "tenant.created" });
  });
  return { id: tenantId };
}
