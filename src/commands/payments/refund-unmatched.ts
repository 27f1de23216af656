import type { ChargeFact } from "../../domain/payment-provider.ts";
import { isMoneyHere } from "../../domain/payment-states.ts";
import { inTenant, type Tx } from "../../platform/db.ts";
import { newId } from "../../platform/ids.ts";
import { openRefundCase } from "../refund-cases/open.ts";

type Unmatched = { tenantId: string; connectionId: string; charges: readonly ChargeFact[] };

/** Money under a reference that nobody here knows (any more) goes back: one refund case per charge. */
export async function refundUnmatched(unmatched: Unmatched): Promise<void> {
  await inTenant(unmatched.tenantId, (tx) => refundUnmatchedIn(tx, unmatched));
}

/** False: there is no money among the charges. */
export async function refundUnmatchedIn(tx: Tx, unmatched: Unmatched): Promise<boolean> {
  const money = unmatched.charges.filter((charge) => isMoneyHere(charge.state));
  for (const fact of money) await refundOne(tx, unmatched, fact);
  return money.length > 0;
}

async function refundOne(tx: Tx, { tenantId, connectionId }: Unmatched, fact: ChargeFact): Promise<void> {
  await tx
    .insertInto("charge")
    .values({
      tenant_id: tenantId,
      id: newId(),
      connection_id: connectionId,
      provider_charge_id: fact.providerChargeId,
      reference: fact.reference,
      status: fact.state,
      provider_status: fact.providerStatus,
      amount_minor: fact.amountMinor,
      currency: fact.currency,
      method: fact.method,
    })
    .onConflict((conflict) => conflict.columns(["tenant_id", "connection_id", "provider_charge_id"]).doNothing())
    .execute();
  const charge = await tx
    .selectFrom("charge")
    .selectAll()
    .where("connection_id", "=", connectionId)
    .where("provider_charge_id", "=", fact.providerChargeId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (charge.outcome === null) await openRefundCase(tx, { tenantId, charge, booking: null, reason: "unmatched" });
}
