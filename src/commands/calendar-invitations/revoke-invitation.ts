import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Revoke = { caller: Caller; input: { tenantId: string; professionalId: string } };

/** Its link stops at once. Refuses: tenant_unknown, calendar_invitation_over if there is none. */
export async function revokeInvitation({ caller, input: { tenantId, professionalId } }: Revoke): Promise<void> {
  await changeCatalog({ caller, tenantId, kind: "calendar_invitation.revoked", ids: { professionalId } }, async (tx) => {
    const revoked = await tx
      .updateTable("calendar_invitation")
      .set({ revoked_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("professional_id", "=", professionalId)
      .where("revoked_at", "is", null)
      .executeTakeFirst();
    if (revoked.numUpdatedRows === 0n) throw new Refusal("calendar_invitation_over");
  });
}
