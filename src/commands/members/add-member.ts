import { actorOf, type Caller, type Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Role } from "#domain/roles.ts";
import type { Tx } from "#platform/db.ts";
import { changesBetween } from "../changes.ts";
import { logEvent } from "../log-event.ts";

export type NewMember = {
  tenantId: string;
  personId: string;
  role: Role;
  name: string;
  email: string;
  professionalId?: string | null;
  seesPhones?: boolean;
  /** Of somebody who joins by a mail, so is no caller yet. */
  origin?: Origin | undefined;
};

/** In the system's transaction, which may have made the person too. Refuses: member_already. */
export async function addMember(tx: Tx, { caller, input }: { caller: Caller; input: NewMember }): Promise<{ id: string }> {
  const { tenantId, personId, role, name, email, professionalId = null, seesPhones = false } = input;
  const added = await tx
    .insertInto("member")
    .values({
      tenant_id: tenantId,
      person_id: personId,
      role,
      name,
      email,
      professional_id: professionalId,
      sees_phones: seesPhones,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "person_id"]).where("removed_at", "is", null).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (!added) throw new Refusal("member_already");
  const { id } = added;
  // Whoever joins by a mail is the one who does it.
  const actor = caller.kind === "system" ? actorOf({ kind: "member", memberId: id }) : actorOf(caller);
  await logEvent(tx, {
    tenantId,
    subject: { kind: "tenant", id: tenantId },
    kind: "member.added",
    details: { memberId: id },
    actor,
    changes: changesBetween(null, { role, name, professional_id: professionalId, sees_phones: seesPhones }),
    origin: "origin" in caller ? caller.origin : input.origin,
  });
  return { id };
}
