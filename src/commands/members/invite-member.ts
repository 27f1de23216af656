import { sql } from "kysely";
import type { NewInvitation, ShownInvitation } from "#contracts/account.ts";
import { actorOf, type Caller, type MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Role } from "#domain/roles.ts";
import { proofHash } from "#platform/accounts/proof-hash.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { openInvitations, shownInvitation } from "#queries/accounts/team.ts";
import { tokenOf } from "../accounts/proofs.ts";
import { changesBetween } from "../changes.ts";
import { logEvent } from "../log-event.ts";
import { requireProfessional } from "../professionals/require-professional.ts";
import { requireRoleBelow } from "./require-member.ts";

const daysOpen = 7;

/** Refuses: forbidden, member_already, professional_unknown. */
export function inviteMember({ caller, input }: { caller: MemberCaller; input: NewInvitation }): Promise<ShownInvitation> {
  const { tenantId } = caller;
  requireRoleBelow(caller, input.role);
  return inTenant(tenantId, async (tx) => {
    // Two at once for one address: the later one replaces the earlier.
    await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
    const invitedBy = await refuseMembers(tx, { caller, email: input.email });
    if (input.professionalId !== null) await requireProfessional(tx, tenantId, input.professionalId);
    await closeEarlier(tx, { caller, email: input.email });
    const { email, role, professionalId, seesPhones } = input;
    const values = { email, role, professional_id: professionalId, sees_phones: seesPhones };
    const id = await keepInvitation(tx, { caller, tenantId, invitedBy, values });
    return shownInvitation(await openInvitations(tx).where("id", "=", id).executeTakeFirstOrThrow());
  });
}

/** Returns the caller's name. */
async function refuseMembers(tx: Tx, { caller, email }: { caller: MemberCaller; email: string }): Promise<string> {
  const known = await tx
    .selectFrom("member")
    .select(["id", "name", "email"])
    .where("removed_at", "is", null)
    .where(({ or, eb }) => or([eb("id", "=", caller.memberId), eb("email", "=", email)]))
    .execute();
  if (known.some((each) => each.email === email)) throw new Refusal("member_already");
  return known.find(({ id }) => id === caller.memberId)?.name ?? "";
}

/** To replace an invitation is to withdraw it, so it takes the same right. Refuses: forbidden. */
async function closeEarlier(tx: Tx, { caller, email }: { caller: MemberCaller; email: string }): Promise<void> {
  const closed = await tx
    .updateTable("invitation")
    .set({ withdrawn_at: sql`now()` })
    .where("tenant_id", "=", caller.tenantId)
    .where("email", "=", email)
    .where("accepted_at", "is", null)
    .where("withdrawn_at", "is", null)
    .returning(["role", sql<boolean>`expires_at > now()`.as("isLive")])
    .execute();
  for (const { role, isLive } of closed) if (isLive) requireRoleBelow(caller, role);
}

type Kept = {
  caller: Caller;
  tenantId: string;
  /** A name, as the mail says it. */
  invitedBy: string;
  values: { email: string; role: Role; professional_id: string | null; sees_phones: boolean };
};

/** The event sends the mail. */
export async function keepInvitation(tx: Tx, { caller, tenantId, invitedBy, values }: Kept): Promise<string> {
  const id = newId();
  await tx
    .insertInto("invitation")
    .values({
      ...values,
      tenant_id: tenantId,
      id,
      token_hash: proofHash("invitation", tokenOf("invitation", id)),
      invited_by: invitedBy,
      expires_at: sql<Date>`now() + make_interval(days => ${daysOpen})`,
    })
    .execute();
  await logEvent(tx, {
    tenantId,
    subject: { kind: "tenant", id: tenantId },
    kind: "member.invited",
    details: { invitationId: id },
    actor: actorOf(caller),
    changes: changesBetween(null, values),
    origin: "origin" in caller ? caller.origin : undefined,
  });
  return id;
}
