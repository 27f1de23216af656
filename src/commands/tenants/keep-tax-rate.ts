import type { Tx } from "#platform/db.ts";

/** Sales before this moment keep the rate that they had (domain/ledger/tax.ts). */
export async function keepTaxRate(tx: Tx, tenantId: string, percent: number | null = null): Promise<void> {
  await tx.insertInto("tax_rate").values({ tenant_id: tenantId, percent }).execute();
}
