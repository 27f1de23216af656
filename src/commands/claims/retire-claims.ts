import { type RawBuilder, sql } from "kysely";
import type { Tx } from "#platform/db.ts";

/**
 * Hours after its end in which a booked claim still stands in the constraint: the longest buffer of
 * what begins now (240 minutes before it), and an hour more than any clocks differ.
 */
const overHours = 5;

/** Takes past claims out of the exclusion constraint, so that its index stays small. */
export async function retireClaims(tx: Tx, { isOurs, max }: { isOurs: RawBuilder<unknown>; max: number }): Promise<number> {
  await sql`set local enable_seqscan = off`.execute(tx);
  const retired = await sql`
    update slot_claim c set state = 'past' from (
      select tenant_id, id from slot_claim
      where state in ('held', 'paying', 'booked') and state = 'booked'
        and during << tstzrange(now() - make_interval(hours => ${overHours}), null)
        and ${isOurs}
      limit ${max} for update skip locked
    ) over_now where c.tenant_id = over_now.tenant_id and c.id = over_now.id`.execute(tx);
  return Number(retired.numAffectedRows ?? 0n);
}
