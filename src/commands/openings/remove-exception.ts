import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { changeCatalog } from "../change-catalog.ts";

type Remove = { caller: Caller; input: { tenantId: string; professionalId: string; exceptionId: string } };

/** The week holds again on its dates. Refuses: tenant_unknown, exception_unknown. */
export async function removeException({ caller, input: { tenantId, professionalId, exceptionId } }: Remove): Promise<void> {
  const ids = { professionalId, exceptionId };
  await changeCatalog({ caller, tenantId, kind: "opening_exception.removed", ids }, async (tx, note) => {
    const gone = await tx
      .deleteFrom("opening_exception")
      .where("tenant_id", "=", tenantId)
      .where("professional_id", "=", professionalId)
      .where("id", "=", exceptionId)
      .returning(["kind", "note", sql<string>`from_date::text`.as("from"), sql<string>`to_date::text`.as("to")])
      .returning([sql<string | null>`left(starts_at::text, 5)`.as("startsAt"), sql<string | null>`left(ends_at::text, 5)`.as("endsAt")])
      .executeTakeFirst();
    if (!gone) throw new Refusal("exception_unknown");
    const { kind, ...was } = gone;
    note({ [kind]: [was, null] });
  });
}
