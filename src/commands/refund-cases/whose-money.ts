import { refundProblem } from "#domain/money-back/refund-problems.ts";
import type { ChargeFact } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import { isOurReference } from "#platform/ids.ts";

type Charge = { connectionId: string; providerChargeId: string };

/** Returns true if another connection of the same account has settled this charge. */
export async function isSettledElsewhere(tx: Tx, { connectionId, providerChargeId }: Charge): Promise<boolean> {
  const found = await tx
    .selectFrom("connection as own")
    .innerJoin("connection as other", (join) =>
      join.onRef("other.tenant_id", "=", "own.tenant_id").onRef("other.provider", "=", "own.provider").onRef("other.id", "<>", "own.id"),
    )
    .innerJoin("charge as c", (join) => join.onRef("c.tenant_id", "=", "other.tenant_id").onRef("c.connection_id", "=", "other.id"))
    .select("c.id")
    .where("own.id", "=", connectionId)
    .where("c.provider_charge_id", "=", providerChargeId)
    .where("c.payment_id", "is not", null)
    .executeTakeFirst();
  return found !== undefined;
}

/** Returns why a case about money without a payment must send nothing back, or null. */
export async function reasonToKeep(tx: Tx, charge: Charge, now: ChargeFact | null): Promise<string | null> {
  if (now && !isOurReference(now.reference)) return refundProblem("not_ours");
  return (await isSettledElsewhere(tx, charge)) ? refundProblem("settled_elsewhere") : null;
}
