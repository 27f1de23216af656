import { sql } from "kysely";
import type { ChargeFact, SignedCharge } from "#domain/payment-provider.ts";
import { isMoneyHere, mayPaymentMove, type PaymentState } from "#domain/payment-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { ChargeRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { openRefundCase } from "../refund-cases/open.ts";

type Place = { tenantId: string; connectionId: string };
type Unmatched = Place & { charges: readonly ChargeFact[] };
type Signed = Place & { provider: string; reference: string; signed: SignedCharge };

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

/**
 * An approval that only a signed event tells of: a refund case for a person, who must look for it in the provider's panel. The case says what
 * is not proven; a currency that the signature does not cover is the connection's.
 */
export async function refundSignedIn(tx: Tx, { provider, reference, signed, ...place }: Signed): Promise<void> {
  const [ownCurrency] = paymentProvider(provider)?.capabilities.currencies ?? [];
  const currency = signed.currency ?? ownCurrency;
  if (!currency) throw new Error(`${provider} names no currency`);
  const charge = await recordCharge(tx, place, { ...signed, reference, currency, method: null });
  if (charge.outcome === null)
    await openRefundCase(tx, { ...place, charge, booking: null, reason: "unmatched", unproven: signed.unproven });
}

async function refundOne(tx: Tx, place: Place, fact: ChargeFact): Promise<void> {
  const charge = await recordCharge(tx, place, fact);
  if (charge.outcome === null) await openRefundCase(tx, { tenantId: place.tenantId, charge, booking: null, reason: "unmatched" });
}

type Recorded = Omit<ChargeFact, "finalizedAt">;

async function recordCharge(tx: Tx, { tenantId, connectionId }: Place, fact: Recorded): Promise<ChargeRow> {
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
  if (charge.payment_id !== null || !mayPaymentMove(charge.status as PaymentState, fact.state)) return charge;
  return tx
    .updateTable("charge")
    .set({ status: fact.state, provider_status: fact.providerStatus, updated_at: sql`now()` })
    .where("id", "=", charge.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
