import { sql } from "kysely";
import { refundProblem } from "#domain/money-back/refund-problems.ts";
import { refundByProviderDays, shortOfBalanceDays } from "#domain/refund-policy.ts";
import { inSystemPerTenant, ofTenant } from "#platform/db.ts";
import type { RefundCaseRow } from "#platform/rows.ts";
import { moveToManual } from "./move-to-manual.ts";

const batchMax = 500;

/**
 * Cases that nothing moves any more: their follow-up has given up, or is lost, and they have been
 * where they are as long as a case may be there by itself. A person takes over. Returns how many.
 */
export async function giveUpRefundCases(): Promise<number> {
  const found = await inSystemPerTenant(async (tx, tenantId) => {
    const { rows } = await sql<RefundCaseRow>`
      select * from refund_case r
      where r.unproven is null and (
          r.state in ('open', 'armed', 'observing') and r.updated_at < now() - make_interval(days => ${refundByProviderDays})
          or r.state = 'short_of_balance' and r.short_since < now() - make_interval(days => ${shortOfBalanceDays})
        ) and ${ofTenant(tenantId)}
        and not exists (
          select from follow_up f join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
          where f.tenant_id = r.tenant_id and f.subject_id = coalesce(r.checkout_id, r.id)
            and f.job = 'advance-refund' and f.state in ('waiting', 'pending') and e.details ->> 'refundCaseId' = r.id::text)
      order by r.id limit ${batchMax}`.execute(tx);
    return rows;
  });
  for (const refundCase of found.flat()) await moveToManual(refundCase, refundCase.last_error ?? refundProblem("gave_up"));
  return found.flat().length;
}
