import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { NewProfessional } from "#contracts/catalog.ts";
import { Refusal } from "#contracts/problem.ts";
import { professionalsMax } from "#domain/professionals/limits.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import { changeCatalog } from "../change-catalog.ts";
import { changesBetween } from "../changes.ts";
import { professionalColumns } from "./professional-columns.ts";
import { replaceHours } from "./replace-hours.ts";
import { setServices } from "./set-services.ts";

type Create = { caller: Caller; input: NewProfessional & { tenantId: string } };

/**
 * Comes last unless it names its position. Refuses: tenant_unknown, id_taken, service_unknown,
 * limit_reached.
 */
export async function createProfessional({ caller, input }: Create): Promise<{ id: string }> {
  const { tenantId, id = newId(), name, serviceIds, hours } = input;
  return changeCatalog({ caller, tenantId, kind: "professional.created", ids: { professionalId: id } }, async (tx, note) => {
    const { nextPosition } = await requireRoom(tx, tenantId);
    const position = input.position ?? nextPosition;
    const made = await tx
      .insertInto("professional")
      .values({ ...professionalColumns(input), tenant_id: tenantId, id, name, position })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!made) throw new Refusal("id_taken");
    note(changesBetween(null, made));
    if (serviceIds) note(await setServices(tx, { tenantId, professionalId: id, serviceIds }));
    if (hours) note(await replaceHours(tx, { tenantId, professionalId: id, hours }));
    return { id };
  });
}

/** Locks the tenant, so that two at once do not take one last place. Refuses: limit_reached. */
export async function requireRoom(tx: Tx, tenantId: string): Promise<{ nextPosition: number }> {
  await tx.selectFrom("tenant").select("tenant_id").where("tenant_id", "=", tenantId).forNoKeyUpdate().execute();
  const { count, nextPosition } = await tx
    .selectFrom("professional")
    .select([sql<number>`count(*)::int`.as("count"), sql<number>`least(coalesce(max(position) + 1, 0), 10000)`.as("nextPosition")])
    .where("tenant_id", "=", tenantId)
    .where("deleted_at", "is", null)
    .executeTakeFirstOrThrow();
  if (count >= professionalsMax) throw new Refusal("limit_reached");
  return { nextPosition };
}
