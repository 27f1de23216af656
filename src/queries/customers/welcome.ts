import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";

type Given = { email: string; phone: string };

/** What a merchant has decided about whoever has this address or this number. */
export async function readWelcome(tx: Tx, { email, phone }: Given): Promise<{ isBlocked: boolean; paysInFull: boolean }> {
  const { rows } = await sql<{ is_blocked: boolean | null; pays_in_full: boolean | null }>`
    select bool_or(g.blocked_at is not null) as is_blocked, bool_or(g.full_payment_at is not null) as pays_in_full
    from customer_contact x
    join customer c on c.tenant_id = x.tenant_id and c.id = x.customer_id
    join customer g on g.tenant_id = c.tenant_id and (g.id = coalesce(c.merged_into, c.id) or g.merged_into = coalesce(c.merged_into, c.id))
    where x.tenant_id = current_tenant()
      and (x.kind, x.value) in (('email', lower(${email})), ('phone', phone_digits(${phone})))`.execute(tx);
  return { isBlocked: rows[0]?.is_blocked ?? false, paysInFull: rows[0]?.pays_in_full ?? false };
}
