import type { NoticeMailKind } from "#domain/desk/notices.ts";
import { readUnsubscribing } from "#platform/accounts/unsubscribe-tokens.ts";
import { inTenant } from "#platform/db.ts";

/** What a mail's link would stop. Returns null for a link of nobody. */
export async function loadUnsubscribing(token: string): Promise<{ kind: NoticeMailKind; tenantName: string; isWanted: boolean } | null> {
  const named = await readUnsubscribing(token);
  if (!named) return null;
  const { tenantId, memberId, kind } = named;
  return inTenant(tenantId, async (tx) => {
    const found = await tx
      .selectFrom("member as m")
      .innerJoin("tenant as t", "t.tenant_id", "m.tenant_id")
      .leftJoin("notice_mail as w", (join) =>
        join.onRef("w.tenant_id", "=", "m.tenant_id").onRef("w.member_id", "=", "m.id").on("w.kind", "=", kind),
      )
      .select(["t.name", "w.kind"])
      .where("m.id", "=", memberId)
      .where("m.removed_at", "is", null)
      .executeTakeFirst();
    return found ? { kind, tenantName: found.name, isWanted: found.kind !== null } : null;
  });
}
