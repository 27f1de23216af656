import { actorOf, type Caller, originOf } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { inTenant } from "#platform/db.ts";
import { logEvent } from "../log-event.ts";

/** Who takes what is known of a customer out of here. Refuses: dispute_unknown. */
export async function logEvidence({ caller, input }: { caller: Caller; input: { tenantId: string; disputeId: string } }): Promise<void> {
  const { tenantId, disputeId } = input;
  await inTenant(tenantId, async (tx) => {
    const found = await tx
      .selectFrom("dispute as d")
      .innerJoin("charge as c", (join) => join.onRef("c.tenant_id", "=", "d.tenant_id").onRef("c.id", "=", "d.charge_id"))
      .leftJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
      .select("p.checkout_id")
      .where("d.id", "=", disputeId)
      .executeTakeFirst();
    if (!found) throw new Refusal("dispute_unknown");
    const subject = found.checkout_id
      ? ({ kind: "checkout", id: found.checkout_id } as const)
      : ({ kind: "tenant", id: tenantId } as const);
    await logEvent(tx, {
      ...{ tenantId, subject, kind: "dispute.evidence_made" },
      details: { disputeId },
      actor: actorOf(caller),
      origin: originOf(caller),
    });
  });
}
