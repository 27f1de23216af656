import { sql } from "kysely";
import type { MemberChanges, ShownMember } from "#contracts/account.ts";
import { actorOf, type MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { shownMember } from "#queries/accounts/team.ts";
import { changesBetween } from "../changes.ts";
import { logEvent } from "../log-event.ts";
import { requireProfessional } from "../professionals/require-professional.ts";
import { requireMember, requireRoleBelow } from "./require-member.ts";

type Change = { caller: MemberCaller; input: { memberId: string; changes: MemberChanges } };

/** Refuses: member_unknown, forbidden, professional_unknown, last_owner, changed_meanwhile. */
export function changeMember({ caller, input: { memberId, changes } }: Change): Promise<ShownMember> {
  const { tenantId } = caller;
  return inTenant(tenantId, async (tx) => {
    const { member: before, isLastOwner } = await requireMember(tx, { caller, memberId });
    if (before.version !== changes.version) throw new Refusal("changed_meanwhile");
    if (changes.role !== undefined) requireRoleBelow(caller, changes.role);
    if (isLastOwner && changes.role !== undefined && changes.role !== "owner") throw new Refusal("last_owner");
    const { professionalId } = changes;
    if (professionalId) await requireProfessional(tx, tenantId, professionalId);
    const after = await tx
      .updateTable("member")
      .set({ role: changes.role, professional_id: professionalId, sees_phones: changes.seesPhones })
      .set({ version: before.version + 1, updated_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", memberId)
      .returningAll()
      .executeTakeFirstOrThrow();
    await logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "member.changed",
      details: { memberId },
      actor: actorOf(caller),
      changes: changesBetween(before, after),
      origin: caller.origin,
    });
    // Whoever waits for notices asks anew what they may hear.
    await sql`select pg_notify('konfirmado_notices', ${tenantId})`.execute(tx);
    return shownMember(after, caller.memberId);
  });
}
