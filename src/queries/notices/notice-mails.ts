import { usualSummaryHour } from "#contracts/notices/limits.ts";
import type { NoticeMails } from "#contracts/notices/notices.ts";
import { noticeMailKinds, noticeMailsOf } from "#domain/desk/notices.ts";
import { inTenant } from "#platform/db.ts";
import type { NoticeReader } from "./notices.ts";

/** What a member has chosen. What their role may no longer have is neither offered nor sent. */
export function loadNoticeMails({ tenantId, memberId, role }: NoticeReader): Promise<NoticeMails> {
  return inTenant(tenantId, async (tx) => {
    const { timezone } = await tx.selectFrom("tenant").select("timezone").executeTakeFirstOrThrow();
    const { email } = await tx.selectFrom("member").select("email").where("id", "=", memberId).executeTakeFirstOrThrow();
    const rows = await tx.selectFrom("notice_mail").select(["kind", "hour"]).where("member_id", "=", memberId).execute();
    const offered = noticeMailsOf(role);
    return {
      email,
      offered,
      chosen: noticeMailKinds.filter((kind) => offered.includes(kind) && rows.some((row) => row.kind === kind)),
      summaryHour: rows.find(({ hour }) => hour !== null)?.hour ?? usualSummaryHour,
      timezone,
    };
  });
}
