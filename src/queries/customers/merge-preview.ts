import { sql } from "kysely";
import type { MergePreview } from "#contracts/customers/customers.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { type CustomerGroup, personOf, readGroup, restrictionsOf } from "./group.ts";

type Asked = { tenantId: string; keptId: string; goneId: string };

/** What a merge would make of two customers. Refuses: customer_unknown, customer_merged. */
export function previewMerge({ tenantId, keptId, goneId }: Asked): Promise<MergePreview> {
  return inTenant(tenantId, async (tx) => {
    const groups = await readPair(tx, keptId, goneId);
    const [kept, gone] = [await sideOf(tx, groups.kept), await sideOf(tx, groups.gone)];
    const after = {
      ...kept,
      since: [kept.since, gone.since].sort()[0] ?? kept.since,
      bookings: kept.bookings + gone.bookings,
      notes: kept.notes + gone.notes,
      isBlocked: kept.isBlocked || gone.isBlocked,
      paysInFull: kept.paysInFull || gone.paysInFull,
    };
    return { kept, gone, after };
  });
}

/** Both stand alone, and are two. Refuses: customer_unknown, customer_merged. */
export async function readPair(tx: Tx, keptId: string, goneId: string): Promise<{ kept: CustomerGroup; gone: CustomerGroup }> {
  const [kept, gone] = [await readGroup(tx, keptId), await readGroup(tx, goneId)];
  if (kept.head.id === gone.head.id || kept.head.id !== keptId || gone.head.id !== goneId) throw new Refusal("customer_merged");
  return { kept, gone };
}

async function sideOf(tx: Tx, group: CustomerGroup): Promise<MergePreview["kept"]> {
  const { rows } = await sql<{ bookings: number; notes: number }>`select
    (select count(*)::int from checkout k join booking b on b.tenant_id = k.tenant_id and b.id = k.id
      where k.tenant_id = current_tenant() and k.customer_id = any (${group.ids}::uuid[])) as bookings,
    (select count(*)::int from customer_note where tenant_id = current_tenant() and customer_id = any (${group.ids}::uuid[])) as notes`.execute(
    tx,
  );
  const { blocked, fullPayment } = restrictionsOf(group);
  return {
    ...personOf(group.head),
    since: new Date(Math.min(...group.all.map(({ since }) => since.getTime()))).toISOString(),
    bookings: rows[0]?.bookings ?? 0,
    notes: rows[0]?.notes ?? 0,
    isBlocked: blocked !== null,
    paysInFull: fullPayment !== null,
  };
}
