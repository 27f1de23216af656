import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { invitationDays } from "#domain/professionals/limits.ts";
import { newId } from "#platform/ids.ts";
import { invitationHash, invitationToken } from "#queries/professionals/calendar-invitations.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireProfessional } from "../professionals/require-professional.ts";

type Make = { caller: Caller; input: { tenantId: string; professionalId: string } };

/** A new one ends the one before. Refuses: tenant_unknown, professional_unknown. */
export async function makeInvitation({ caller, input: { tenantId, professionalId } }: Make): Promise<{ id: string }> {
  const id = newId();
  const ids = { professionalId, invitationId: id };
  return changeCatalog({ caller, tenantId, kind: "calendar_invitation.made", ids }, async (tx) => {
    await requireProfessional(tx, tenantId, professionalId);
    await tx
      .updateTable("calendar_invitation")
      .set({ revoked_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("professional_id", "=", professionalId)
      .where("revoked_at", "is", null)
      .execute();
    const expiresAt = sql<Date>`now() + make_interval(days => ${invitationDays})`;
    const hash = invitationHash(invitationToken(id));
    await tx
      .insertInto("calendar_invitation")
      .values({ tenant_id: tenantId, id, professional_id: professionalId, hash, expires_at: expiresAt })
      .execute();
    return { id };
  });
}
