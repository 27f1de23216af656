import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Place = { tenantId: string; professionalId: string; invitationId: string };
type Mail = { caller: Caller; input: Place };

/** Nobody's mailbox is filled by clicking. */
const againSeconds = 60;

/**
 * The mail goes out by the follow-up of its event. Refuses: tenant_unknown,
 * calendar_invitation_over, email_missing, rate_limited.
 */
export async function mailInvitation({ caller, input: { tenantId, professionalId, invitationId } }: Mail): Promise<void> {
  const ids = { professionalId, invitationId };
  await changeCatalog({ caller, tenantId, kind: "calendar_invitation.mailed", ids }, async (tx, note) => {
    const live = await tx
      .selectFrom("calendar_invitation as i")
      .innerJoin("professional as p", (join) => join.onRef("p.tenant_id", "=", "i.tenant_id").onRef("p.id", "=", "i.professional_id"))
      .select(["p.email", sql<boolean>`coalesce(i.mailed_at > now() - make_interval(secs => ${againSeconds}), false)`.as("isRecent")])
      .where("i.tenant_id", "=", tenantId)
      .where("i.id", "=", invitationId)
      .where("i.professional_id", "=", professionalId)
      .where("i.revoked_at", "is", null)
      .where("i.expires_at", ">", sql<Date>`now()`)
      .where("p.deleted_at", "is", null)
      .forNoKeyUpdate("i")
      .executeTakeFirst();
    if (!live) throw new Refusal("calendar_invitation_over");
    if (live.email === null) throw new Refusal("email_missing");
    if (live.isRecent) throw new Refusal("rate_limited");
    await tx
      .updateTable("calendar_invitation")
      .set({ mailed_at: sql`now()`, mailed_to: live.email })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", invitationId)
      .execute();
    note({ mailed_to: [null, live.email] });
  });
}
