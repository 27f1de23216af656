import type { MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { mayManage, type Role } from "#domain/roles.ts";
import type { Tx } from "#platform/db.ts";

/** Nobody makes, changes or removes members above themselves. Refuses: forbidden. */
export function requireRoleBelow(caller: MemberCaller, role: Role): void {
  if (!mayManage[caller.role].includes(role)) throw new Refusal("forbidden");
}

/**
 * The member, with all owners locked, so that two who demote each other cannot both succeed.
 * Refuses: member_unknown, forbidden.
 */
export async function requireMember(tx: Tx, { caller, memberId }: { caller: MemberCaller; memberId: string }) {
  const locked = await tx
    .selectFrom("member")
    .selectAll()
    .where("tenant_id", "=", caller.tenantId)
    .where("removed_at", "is", null)
    .where(({ or, eb }) => or([eb("role", "=", "owner"), eb("id", "=", memberId)]))
    .orderBy("id")
    .forUpdate()
    .execute();
  const found = locked.find(({ id }) => id === memberId);
  if (!found) throw new Refusal("member_unknown");
  requireRoleBelow(caller, found.role);
  return { member: found, isLastOwner: found.role === "owner" && locked.filter(({ role }) => role === "owner").length === 1 };
}
