import { sql } from "kysely";
import type { Customer } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { appDb, inTenant } from "#platform/db.ts";
import { sessionHash } from "#queries/session-hash.ts";

/** Only for its session and while no payment page is open. Refuses: hold_unknown, hold_paying. */
export async function releaseHold({ caller, input }: { caller: Customer; input: { holdId: string } }): Promise<void> {
  if (!caller.session) throw new Refusal("hold_unknown");
  const session = sessionHash(caller.session);
  const { rows } = await sql<{ tenant: string }>`select tenant_id as tenant
    from claims_of_session(${session}) where id = ${input.holdId}`.execute(appDb());
  const tenantId = rows[0]?.tenant;
  if (!tenantId) throw new Refusal("hold_unknown");
  await inTenant(tenantId, async (tx) => {
    const released = await tx
      .updateTable("slot_claim")
      .set({ state: "released" })
      .where("id", "=", input.holdId)
      .where("session", "=", session)
      .where("state", "=", "held")
      .executeTakeFirst();
    if (released.numUpdatedRows > 0n) return;
    const claim = await tx
      .selectFrom("slot_claim")
      .select("state")
      .where("id", "=", input.holdId)
      .where("session", "=", session)
      .executeTakeFirst();
    if (!claim) throw new Refusal("hold_unknown");
    // The customer may be paying at this moment. Only time or the payment ends such a claim.
    if (claim.state === "paying" || claim.state === "booked") throw new Refusal("hold_paying");
  });
}
