import { sql } from "kysely";
import { actorOf, type MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { changesBetween } from "../changes.ts";
import { logEvent } from "../log-event.ts";
import { requireMember } from "./require-member.ts";

/**
 * Every request asks for the membership, so it ends at once. Refuses: member_unknown, forbidden,
 * last_owner.
 */
export async function removeMember({ caller, input: { memberId } }: { caller: MemberCaller; input: { memberId: string } }): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    const { member, isLastOwner } = await requireMember(tx, { caller, memberId });
    if (isLastOwner) throw new Refusal("last_owner");
    await tx
      .updateTable("member")
      .set({ removed_at: sql`now()`, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", memberId)
      .execute();
    await logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "member.removed",
      details: { memberId },
      actor: actorOf(caller),
      changes: changesBetween({ role: member.role, name: member.name }, null),
      origin: caller.origin,
    });
    // Whoever waits for notices asks anew whether they may.
    await sql`select pg_notify('konfirmado_notices', ${tenantId})`.execute(tx);
  });
}
