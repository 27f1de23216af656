import { sql } from "kysely";
import { bookingSight, professionalSeen } from "#contracts/caller.ts";
import { type NoticeMailKind, noticeMailsOf } from "#domain/desk/notices.ts";
import { inTenant, type Tx } from "#platform/db.ts";

type Wanted = { tenantId: string; memberId: string; kind: NoticeMailKind; at: Date };

/** Returns null unless this member still wants such mails, and wanted them then. */
export function loadMemberForMail({ tenantId, memberId, kind, at }: Wanted) {
  return inTenant(tenantId, async (tx) => {
    const member = await tx
      .selectFrom("member as m")
      .innerJoin("notice_mail as w", (join) => join.onRef("w.tenant_id", "=", "m.tenant_id").onRef("w.member_id", "=", "m.id"))
      .select(["m.id", "m.name", "m.email", "m.role", "m.professional_id as professionalId", "m.sees_phones as seesPhones", "w.hour"])
      .where("m.id", "=", memberId)
      .where("m.removed_at", "is", null)
      .where("w.kind", "=", kind)
      .where("w.since", "<=", at)
      .executeTakeFirst();
    if (!member || !noticeMailsOf(member.role).includes(kind)) return null;
    const tenant = await tx.selectFrom("tenant").selectAll().executeTakeFirstOrThrow();
    return { member, tenant };
  });
}
export type MemberForMail = NonNullable<Awaited<ReturnType<typeof loadMemberForMail>>>["member"];

/** Staff see only their own. */
export function maySeeBookingOf(member: MemberForMail, professionalId: string): boolean {
  return professionalSeen(bookingSight(member), professionalId) === professionalId;
}

export type DayLine = { start: Date; service: string; professional: string; customer: string };
const linesMax = 100;

/** Who comes on a day (YYYY-MM-DD, by the tenant's clock), of those whom this member sees. */
export function loadDayForMail(given: {
  tenantId: string;
  day: string;
  member: MemberForMail;
}): Promise<{ lines: DayLine[]; more: number }> {
  return inTenant(given.tenantId, async (tx) => {
    const rows = await readLines(tx, given);
    const [first] = rows;
    return { lines: rows.map(({ total: _, ...line }) => line), more: (first?.total ?? 0) - rows.length };
  });
}

async function readLines(tx: Tx, { tenantId, day, member }: { tenantId: string; day: string; member: MemberForMail }) {
  const professionalId = professionalSeen(bookingSight(member), undefined);
  if (professionalId === null) return [];
  const own = professionalId === undefined ? sql`true` : sql`b.professional_id = ${professionalId}`;
  const midnight = (days: number) => sql`((${day}::date + ${days}::int)::timestamp at time zone t.timezone)`;
  const { rows } = await sql<DayLine & { total: number }>`
    select b.starts_at as start, s.name as service, p.name as professional, k.customer_name as customer, (count(*) over ())::int as total
    from tenant t
      join booking b on b.tenant_id = t.tenant_id and b.starts_at >= ${midnight(0)} and b.starts_at < ${midnight(1)} and ${own}
      join checkout k on k.tenant_id = b.tenant_id and k.id = b.id and k.status in ('paid', 'confirmed')
      join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
      join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
    where t.tenant_id = ${tenantId}
    order by b.starts_at, b.id limit ${linesMax}`.execute(tx);
  return rows;
}
