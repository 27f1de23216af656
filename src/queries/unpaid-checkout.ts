import { sql } from "kysely";
import { inTenant } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";

export type Unpaid = {
  /** No money came, late or wrong, that another mail tells of. */
  isUnpaid: boolean;
  /** The provider has not said since the end that nothing was paid. */
  isUnanswered: boolean;
  /** It may still say so. */
  isAwaited: boolean;
  /** The same customer has paid another checkout since, or is paying one now. */
  isTakenAgain: boolean;
};

/** What is known of a checkout whose time ended without money. One statement, so one moment. */
export async function loadUnpaid(checkout: CheckoutRow): Promise<Unpaid> {
  const { tenant_id: tenantId, id, session, created_at: createdAt } = checkout;
  // Ids lead with their time, so the primary key finds the checkouts of the same hours.
  const nearBy = newId(createdAt.getTime() - holdsApartMs);
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<Unpaid>`
      select
        exists (select from checkout where tenant_id = ${tenantId} and id = ${id} and status = 'failed')
          and not exists (select from refund_case where tenant_id = ${tenantId} and checkout_id = ${id}) as "isUnpaid",
        coalesce(bool_or(is_open), false) as "isUnanswered",
        coalesce(bool_or(is_open and payable_until > now()), false) as "isAwaited",
        exists (
          select from checkout k
            left join charge c on c.tenant_id = k.tenant_id and c.id = k.paid_charge_id
          where k.tenant_id = ${tenantId} and k.session = ${session} and k.id <> ${id} and k.id > ${nearBy}
            and (c.created_at > ${createdAt} or (k.status = 'pending' and k.ends_at > now()))
        ) as "isTakenAgain"
      from (
        select payable_until, status = 'pending' or is_unanswered(p) as is_open
        from payment p where tenant_id = ${tenantId} and checkout_id = ${id}
      ) payments`.execute(tx);
    return rows[0] ?? { isUnpaid: false, isUnanswered: false, isAwaited: false, isTakenAgain: false };
  });
}

/** Longer than any hold: a checkout that began earlier cannot be open beside this one. */
const holdsApartMs = 3 * 3_600_000;
