import { sql } from "kysely";
import { actorOf, type MemberCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";
import { requireRoleBelow } from "./require-member.ts";

type Withdrawal = { caller: MemberCaller; input: { invitationId: string } };

/** Refuses: invitation_unknown, forbidden. */
export async function withdrawInvitation({ caller, input: { invitationId } }: Withdrawal): Promise<void> {
  const { tenantId } = caller;
  await inTenant(tenantId, async (tx) => {
    const withdrawn = await tx
      .updateTable("invitation")
      .set({ withdrawn_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", invitationId)
      .where("accepted_at", "is", null)
      .where("withdrawn_at", "is", null)
      .returning("role")
      .executeTakeFirst();
    if (!withdrawn) throw new Refusal("invitation_unknown");
    requireRoleBelow(caller, withdrawn.role);
    await logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "member.invitation_withdrawn",
      details: { invitationId },
      actor: actorOf(caller),
      origin: caller.origin,
    });
  });
}
