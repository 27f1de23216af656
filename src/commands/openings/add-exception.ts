import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { NewOpeningException } from "#contracts/openings.ts";
import { Refusal } from "#contracts/problem.ts";
import { exceptionsMax } from "#domain/professionals/limits.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { requireProfessional } from "../professionals/require-professional.ts";

type Add = { caller: Caller; input: { tenantId: string; professionalId: string; exception: NewOpeningException } };

/**
 * Bookings in the way stay as they are, and are listed with it. Refuses: tenant_unknown,
 * professional_unknown, id_taken, limit_reached, invalid_request for what is over.
 */
export async function addException({ caller, input }: Add): Promise<{ id: string }> {
  const { tenantId, professionalId, exception } = input;
  const { kind, from, to, startsAt = null, endsAt = null, note: words = "", id = newId() } = exception;
  const ids = { professionalId, exceptionId: id };
  return changeCatalog({ caller, tenantId, kind: "opening_exception.added", ids }, async (tx, note) => {
    await requireProfessional(tx, tenantId, professionalId);
    await requireRoom(tx, { professionalId, to });
    const made = await tx
      .insertInto("opening_exception")
      .values({
        tenant_id: tenantId,
        id,
        professional_id: professionalId,
        kind,
        ...{ from_date: from, to_date: to, starts_at: startsAt, ends_at: endsAt },
        note: words,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("id")
      .executeTakeFirst();
    if (!made) throw new Refusal("id_taken");
    note({ [kind]: [null, { from, to, startsAt, endsAt, note: words }] });
    return { id };
  });
}

/** The professional's row is locked. */
async function requireRoom(tx: Tx, { professionalId, to }: { professionalId: string; to: string }): Promise<void> {
  const { count, isOver } = await tx
    .selectFrom("opening_exception")
    .select([sql<number>`count(*)::int`.as("count"), sql<boolean>`${to}::date < current_date - 1`.as("isOver")])
    .where("professional_id", "=", professionalId)
    .where("to_date", ">=", sql<Date>`current_date - 1`)
    .executeTakeFirstOrThrow();
  if (isOver) throw new Refusal("invalid_request", undefined, [{ path: "to", message: "is over" }]);
  if (count >= exceptionsMax) throw new Refusal("limit_reached");
}
