import { sql } from "kysely";
import { actorOf, type MemberCaller, type Origin } from "#contracts/caller.ts";
import type { NoticeMailsChoice } from "#contracts/notices/notices.ts";
import { Refusal } from "#contracts/problem.ts";
import { type NoticeMailKind, noticeMailsOf } from "#domain/desk/notices.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

type Choosing = { caller: MemberCaller; input: NoticeMailsChoice };

/** Holds for what happens later. Refuses: invalid_request, for what their role cannot have. */
export async function chooseMails({ caller, input: { chosen, summaryHour } }: Choosing): Promise<void> {
  const { tenantId, memberId } = caller;
  const wrong = chosen.filter((kind) => !noticeMailsOf(caller.role).includes(kind));
  if (wrong.length > 0)
    throw new Refusal("invalid_request", "This role does not get these mails.", [{ path: "chosen", message: wrong.join(", ") }]);
  await inTenant(tenantId, async (tx) => {
    const before = await lockChosen(tx, memberId);
    for (const kind of before) if (!chosen.includes(kind)) await removeMail(tx, { memberId, kind });
    for (const kind of chosen) await addMail(tx, { tenantId, memberId, kind, hour: kind === "summary" ? summaryHour : null });
    await logChoice(tx, { tenantId, memberId, before, after: chosen, origin: caller.origin });
  });
}

/** In order, and nobody else changes them meanwhile. */
export async function lockChosen(tx: Tx, memberId: string): Promise<NoticeMailKind[]> {
  await tx.selectFrom("member").select("id").where("id", "=", memberId).forUpdate().execute();
  const rows = await tx.selectFrom("notice_mail").select("kind").where("member_id", "=", memberId).orderBy("kind").execute();
  return rows.map(({ kind }) => kind);
}

export async function removeMail(tx: Tx, { memberId, kind }: { memberId: string; kind: NoticeMailKind }): Promise<void> {
  await tx.deleteFrom("notice_mail").where("member_id", "=", memberId).where("kind", "=", kind).execute();
}

type Mail = { tenantId: string; memberId: string; kind: NoticeMailKind; hour: number | null };

/** What was chosen before keeps its beginning, unless the summary gets another hour. */
export async function addMail(tx: Tx, { tenantId, memberId, kind, hour }: Mail): Promise<void> {
  await sql`
    insert into notice_mail as w (tenant_id, member_id, kind, hour) values (${tenantId}, ${memberId}, ${kind}, ${hour})
    on conflict (tenant_id, member_id, kind) do update set hour = excluded.hour, since = now()
    where w.hour is distinct from excluded.hour`.execute(tx);
}

type Choice = {
  tenantId: string;
  memberId: string;
  before: readonly NoticeMailKind[];
  after: readonly NoticeMailKind[];
  origin: Origin;
};

export async function logChoice(tx: Tx, { tenantId, memberId, before, after, origin }: Choice): Promise<void> {
  await logEvent(tx, {
    tenantId,
    subject: { kind: "tenant", id: tenantId },
    kind: "member.mails_chosen",
    details: { memberId },
    actor: actorOf({ kind: "member", memberId }),
    changes: { mails: [before.toSorted().join(", "), after.toSorted().join(", ")] },
    origin,
  });
}
