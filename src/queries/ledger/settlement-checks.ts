import { sql } from "kysely";
import type { SettlementChecks } from "#contracts/ledger/checks.ts";
import { inTenant, type Tx } from "#platform/db.ts";

const daysShown = 14;
type ListsOf = (provider: string) => boolean;

/** How our days compare with the providers' lists, and what differs. `lists`: see listing.ts. */
export function loadSettlementChecks({ tenantId, lists }: { tenantId: string; lists: ListsOf }): Promise<SettlementChecks> {
  return inTenant(tenantId, async (tx) => ({
    checks: await readChecks(tx),
    differences: await readDifferences(tx),
    connections: (await readConnections(tx)).map((connection) => ({ ...connection, lists: lists(connection.provider) })),
  }));
}

type Dated<T, Name extends keyof T> = Omit<T, Name> & { [One in Name]: null extends T[One] ? Date | null : Date };
type Check = SettlementChecks["checks"][number];
type Difference = SettlementChecks["differences"][number];

async function readChecks(tx: Tx): Promise<Check[]> {
  const { rows } = await sql<Dated<Check, "askedAt" | "nextAt">>`
    select k.id, k.connection_id as "connectionId", n.provider, to_char(k.day, 'YYYY-MM-DD') as day, k.outcome, k.listed,
      k.not_ours as "notOurs", k.own, k.why, k.asked_at as "askedAt", k.next_at as "nextAt"
    from settlement_check k
    join connection n on n.tenant_id = k.tenant_id and n.id = k.connection_id
    where k.tenant_id = current_tenant() and k.day > current_date - ${daysShown}::int
    order by k.day desc, n.provider, k.id`.execute(tx);
  return rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString(), nextAt: row.nextAt?.toISOString() ?? null }));
}

async function readDifferences(tx: Tx): Promise<Difference[]> {
  const { rows } = await sql<Dated<Difference, "foundAt">>`
    select d.id, n.provider, d.kind, to_char(d.day, 'YYYY-MM-DD') as day, d.provider_charge_id as "providerChargeId", d.reference,
      d.there, d.here, d.found_at as "foundAt", p.id as "paymentId", p.checkout_id as "checkoutId", k.kind as "checkoutKind"
    from settlement_difference d
    join connection n on n.tenant_id = d.tenant_id and n.id = d.connection_id
    left join payment p on p.tenant_id = d.tenant_id and p.reference = d.reference
    left join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id
    where d.tenant_id = current_tenant() and d.closed_at is null
    order by d.found_at desc limit 100`.execute(tx);
  return rows.map((row) => ({ ...row, foundAt: row.foundAt.toISOString() }));
}

/** Those that take payments, or took one lately. */
async function readConnections(tx: Tx): Promise<{ id: string; provider: string }[]> {
  const { rows } = await sql<{ id: string; provider: string }>`
    select n.id, n.provider from connection n
    where n.tenant_id = current_tenant() and n.kind = 'payment' and n.id <> n.tenant_id
      and (n.is_active or exists (
        select from charge c where c.tenant_id = n.tenant_id and c.connection_id = n.id and c.created_at > now() - interval '10 days'
      ))
    order by n.provider, n.id`.execute(tx);
  return rows;
}
