import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";
import type { Row } from "./rows.ts";

/** Members have read what is older. */
const unreadDays = 2;

/** In the order of time, as the product counts them. */
export function countNotices(notices: Row<"notification">[]): void {
  const timeOf = ({ created_at }: Row<"notification">) => created_at?.getTime() ?? 0;
  for (const [index, notice] of notices.sort((a, b) => timeOf(a) - timeOf(b)).entries()) notice.number = index + 1;
}

/** The clinic's members have been there all the time, and have read their bell but for the last days. */
export async function readOldNotices(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    insert into notice_counter (tenant_id, last)
    select ${tenantId}, coalesce(max(number), 0) from notification where tenant_id = ${tenantId}`.execute(tx);
  await sql`
    update member set created_at = least(created_at, (select min(created_at) from notification where tenant_id = ${tenantId}))
    where tenant_id = ${tenantId}`.execute(tx);
  await sql`
    insert into notice_reader (tenant_id, member_id, read_through)
    select m.tenant_id, m.id, coalesce((select max(number) from notification n
      where n.tenant_id = m.tenant_id and n.created_at < now() - make_interval(days => ${unreadDays})), 0)
    from member m where m.tenant_id = ${tenantId}`.execute(tx);
}
