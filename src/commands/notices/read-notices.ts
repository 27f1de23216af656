import { sql } from "kysely";
import type { MemberCaller } from "#contracts/caller.ts";
import type { ReadNotices } from "#contracts/notices/notices.ts";
import { inTenant, type Tx } from "#platform/db.ts";

type Reading = { caller: Pick<MemberCaller, "tenantId" | "memberId">; input: ReadNotices };

/** A member's own mark, and nobody else's. No notice is read before it was there to be seen. */
export async function readNotices({ caller, input }: Reading): Promise<void> {
  const { tenantId, memberId } = caller;
  await inTenant(tenantId, async (tx) => {
    if ("through" in input) await readThrough(tx, { tenantId, memberId, through: input.through });
    else
      await sql`
        insert into notice_read (tenant_id, member_id, number)
        select ${tenantId}, ${memberId}, n.number from notification n
        where n.tenant_id = ${tenantId} and n.number = any (${[...input.numbers]}::bigint[])
        on conflict do nothing`.execute(tx);
    // The same person's other tabs and devices.
    await sql`select pg_notify('konfirmado_notices', ${memberId})`.execute(tx);
  });
}

/** Single marks below it are no longer needed. */
async function readThrough(
  tx: Tx,
  { tenantId, memberId, through }: { tenantId: string; memberId: string; through: number },
): Promise<void> {
  await sql`
    insert into notice_reader as r (tenant_id, member_id, read_through)
    select ${tenantId}, ${memberId}, least(${through}::bigint, coalesce(max(last), 0)) from notice_counter where tenant_id = ${tenantId}
    on conflict (tenant_id, member_id) do update set read_through = greatest(r.read_through, excluded.read_through)`.execute(tx);
  await sql`
    delete from notice_read where tenant_id = ${tenantId} and member_id = ${memberId} and number <= (
      select read_through from notice_reader where tenant_id = ${tenantId} and member_id = ${memberId})`.execute(tx);
}
