import { sql } from "kysely";
import type { ProfessionalCaller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import type { OwnCorrections } from "#contracts/professionals.ts";
import { changeRow } from "../catalog-rows.ts";
import { changeCatalog } from "../change-catalog.ts";
import { professionalColumns } from "../professionals/professional-columns.ts";
import { replaceHours } from "../professionals/replace-hours.ts";

type Correct = { caller: ProfessionalCaller; input: { tenantId: string; corrections: OwnCorrections } };

/**
 * A professional corrects themselves behind their link, or says that all is right. The link is
 * proven in the same transaction. Refuses: calendar_invitation_over, changed_meanwhile.
 */
export async function correctOwnDetails({ caller, input: { tenantId, corrections } }: Correct): Promise<void> {
  const { professionalId, invitationId } = caller;
  const { hours, version, ...changes } = corrections;
  const ids = { professionalId, invitationId };
  await changeCatalog({ caller, tenantId, kind: "professional.confirmed", ids }, async (tx, note) => {
    const confirmed = await tx
      .updateTable("calendar_invitation")
      .set({ confirmed_at: sql`now()` })
      .where("tenant_id", "=", tenantId)
      .where("id", "=", invitationId)
      .where("professional_id", "=", professionalId)
      .where("revoked_at", "is", null)
      .where("expires_at", ">", sql<Date>`now()`)
      .executeTakeFirst();
    if (confirmed.numUpdatedRows === 0n) throw new Refusal("calendar_invitation_over");
    const set = professionalColumns(changes);
    note(await changeRow(tx, { table: "professional", tenantId, id: professionalId, set, seenVersion: version }));
    if (hours) note(await replaceHours(tx, { tenantId, professionalId, hours }));
  });
}
