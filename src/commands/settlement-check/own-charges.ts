import { sql } from "kysely";
import type { CheckedCharge } from "#domain/ledger/settlement-check.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import { inTenant, systemDb } from "#platform/db.ts";
import { isOurReference } from "#platform/ids.ts";
import { takenAt } from "#queries/ledger/ledger-lines.ts";
import type { Span } from "./list-day.ts";

type Place = { tenantId: string; connectionId: string };

const shown = sql`c.provider_charge_id as "providerChargeId", c.reference, c.status as state, c.amount_minor as "amountMinor", c.currency,
  exists (select from refund_case r where r.tenant_id = c.tenant_id and r.charge_id = c.id and r.withdrawn_at is null) as "isGoingBack"`;

/** Our charges of a day, by when their money came, as the ledger counts them. */
export function ownChargesOf({ tenantId, connectionId }: Place, { from, to }: Span): Promise<CheckedCharge[]> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<CheckedCharge>`
      select ${shown} from charge c
      where c.tenant_id = ${tenantId} and c.connection_id = ${connectionId} and c.amount_minor > 0
        and ${takenAt} >= ${from} and ${takenAt} < ${to}`.execute(tx);
    return rows;
  });
}

/**
 * Our rows of charges that the provider shows, whatever their day. Another connection of the same
 * provider may have the row: the account was connected anew.
 */
export function ownRowsOf({ tenantId, connectionId }: Place, ids: readonly string[]): Promise<Map<string, CheckedCharge>> {
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<CheckedCharge>`
      select ${shown} from charge c
      where c.tenant_id = ${tenantId} and c.provider_charge_id = any (${[...ids]}::text[]) and c.connection_id in (
        select o.id from connection n join connection o on o.tenant_id = n.tenant_id and o.provider = n.provider and o.mode = n.mode
        where n.tenant_id = ${tenantId} and n.id = ${connectionId})
      order by (c.connection_id = ${connectionId})`.execute(tx);
    return new Map(rows.map((row) => [row.providerChargeId, row]));
  });
}

/**
 * Leaves out what was not made here: sales of the merchant's own shop, and of another merchant of
 * ours with the same account (inbox/not-ours.ts).
 */
export async function madeHere(tenantId: string, charges: readonly ChargeFact[]): Promise<ChargeFact[]> {
  const ours = charges.filter(({ reference }) => isOurReference(reference));
  if (ours.length === 0) return [];
  const elsewhere = await systemDb()
    .selectFrom("payment")
    .select("reference")
    .where(sql<boolean>`reference = any (${ours.map(({ reference }) => reference)}::text[])`)
    .where("tenant_id", "<>", tenantId)
    .execute();
  const theirs = new Set(elsewhere.map(({ reference }) => reference));
  return ours.filter(({ reference }) => !theirs.has(reference));
}
