import { type RawBuilder, sql } from "kysely";
import { isNoticeKind, noticeKindsOf, noticeMailOf } from "#domain/desk/notices.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { followUpForMembers } from "../log-event.ts";
import type { FollowUp } from "./run-follow-up.ts";

/**
 * Writes the dashboard's notice and plans its mails, once per follow-up, and wakes whoever waits
 * for notices.
 */
export async function notifyMerchant(followUp: FollowUp): Promise<void> {
  const { tenantId } = followUp;
  await inTenant(tenantId, async (tx) => {
    const written = await writeNotice(tx, followUp);
    // A second run finds it there, with its mails planned.
    if (!written) return;
    await followUpForMembers(tx, followUp, { job: "mail-member-notice", memberIds: await mailedMembers(tx, followUp, written) });
    await sql`select pg_notify('konfirmado_notices', ${tenantId})`.execute(tx);
  });
}

type Written = { checkoutId: string | null; professionalId: string | null };

/** The counter's lock keeps numbers and commits in one order. A rest's notice is the booking's. */
async function writeNotice(tx: Tx, followUp: FollowUp): Promise<Written | null> {
  const { tenantId, id, eventKind, details, actor } = followUp;
  const { rows } = await sql<Written>`
    with counted as (
      insert into notice_counter as c (tenant_id, last) values (${tenantId}, 1)
      on conflict (tenant_id) do update set last = c.last + 1 returning last
    )
    insert into notification (tenant_id, follow_up_id, kind, checkout_id, professional_id, details, actor, number)
    select ${tenantId}, ${id}, ${eventKind}, case when t.booking_id is null then k.id else t.booking_id end, b.professional_id, ${JSON.stringify(details)}::jsonb, ${actor}, counted.last
    from counted
      left join checkout k on k.tenant_id = ${tenantId} and k.id = ${checkoutIdOf(followUp)}::uuid
      left join booking_rest t on t.tenant_id = k.tenant_id and t.id = k.id
      left join booking b on b.tenant_id = k.tenant_id and b.id = case when t.booking_id is null then k.id else t.booking_id end
    on conflict (tenant_id, follow_up_id) do nothing
    returning checkout_id as "checkoutId", professional_id as "professionalId"`.execute(tx);
  return rows[0] ?? null;
}

function checkoutIdOf({ subjectKind, subjectId, details }: FollowUp): string | null {
  if (subjectKind === "checkout") return subjectId;
  return typeof details["checkoutId"] === "string" ? details["checkoutId"] : null;
}

/** Who had chosen it when it happened, may hear of it, and did not do it themselves. */
async function mailedMembers(tx: Tx, followUp: FollowUp, { professionalId }: Written): Promise<string[]> {
  const { eventKind: kind, details, actor, occurredAt } = followUp;
  const mail = isNoticeKind(kind) ? noticeMailOf(kind, details["what"]) : null;
  if (mail === null || !isNoticeKind(kind)) return [];
  const { rows } = await sql<{ id: string; role: Parameters<typeof noticeKindsOf>[0] }>`
    select m.id, m.role from notice_mail w join member m on m.tenant_id = w.tenant_id and m.id = w.member_id
    where w.tenant_id = ${followUp.tenantId} and w.kind = ${mail} and w.since <= ${occurredAt} and m.removed_at is null
      and 'member:' || m.id <> ${actor} and ${hearsOf(professionalId)}`.execute(tx);
  return rows.flatMap(({ id, role }) => (noticeKindsOf(role).includes(kind) ? [id] : []));
}

/** Staff hear only of their own bookings. */
const hearsOf = (professionalId: string | null): RawBuilder<boolean> =>
  sql<boolean>`(m.role <> 'staff' or m.professional_id = ${professionalId}::uuid)`;
