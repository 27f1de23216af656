import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { TenantChanges } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { subdomainProblem } from "#domain/subdomains.ts";
import type { Tx } from "#platform/db.ts";
import type { TenantRow } from "#platform/rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { claimWord, giveBackWord, type PublicWord } from "../claim-word.ts";
import { keepTaxRate } from "./keep-tax-rate.ts";
import { tenantColumns } from "./tenant-columns.ts";

type Update = { caller: Caller; input: { tenantId: string; changes: TenantChanges; seenVersion?: number | undefined } };

/**
 * Returns the new version. With `seenVersion`, changes only what the caller has seen. Refuses:
 * tenant_unknown, slug_taken, subdomain_taken, subdomain_reserved, invalid_request,
 * changed_meanwhile.
 */
export async function updateTenant({ caller, input }: Update): Promise<{ id: string; version: number }> {
  const { tenantId, changes, seenVersion } = input;
  if (changes.subdomain) refuseSubdomain(changes.subdomain);
  return changeCatalog({ caller, tenantId, kind: "tenant.updated" }, async (tx, note) => {
    const before = await tx.selectFrom("tenant").selectAll().where("tenant_id", "=", tenantId).forUpdate().executeTakeFirstOrThrow();
    if (seenVersion !== undefined && seenVersion !== before.version) throw new Refusal("changed_meanwhile");
    await moveWords(tx, before, changes);
    // An address that was switched off is tried anew once it is said again: its health is its own.
    if (changes.callbackUrl !== undefined) await tx.deleteFrom("callback_endpoint").where("tenant_id", "=", tenantId).execute();
    const after = await tx
      .updateTable("tenant")
      .set({ ...tenantColumns(changes), version: before.version + 1, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .returningAll()
      .executeTakeFirstOrThrow();
    if (before.tax_percent !== after.tax_percent) await keepTaxRate(tx, tenantId, changes.taxPercent);
    note(changesBetween(before, after));
    return { id: tenantId, version: after.version };
  });
}

function refuseSubdomain(name: string): void {
  const problem = subdomainProblem(name);
  if (problem === "reserved") throw new Refusal("subdomain_reserved");
  if (problem === "invalid")
    throw new Refusal("invalid_request", undefined, [
      { path: "subdomain", message: "3 to 63 letters, digits or hyphens, no hyphen at an end" },
    ]);
}

/** Releases the old words, so that another tenant may take them. */
async function moveWords(tx: Tx, before: TenantRow, { slug, subdomain }: TenantChanges): Promise<void> {
  const tenantId = before.tenant_id;
  const move = async (kind: PublicWord["kind"], from: string | null, to: string | null | undefined): Promise<boolean> => {
    if (to === undefined || to === from) return true;
    if (to !== null && !(await claimWord(tx, { kind, key: to, tenantId }))) return false;
    if (from !== null) await giveBackWord(tx, { kind, key: from, tenantId });
    return true;
  };
  if (!(await move("tenant_slug", before.slug, slug))) throw new Refusal("slug_taken");
  if (!(await move("subdomain", before.subdomain, subdomain))) throw new Refusal("subdomain_taken");
}
