import { sql } from "kysely";
import type { ChargeFact, SignedCharge } from "#domain/payment-provider.ts";
import { isMoneyHere, mayPaymentMove } from "#domain/payment-states.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { isOurReference } from "#platform/ids.ts";
import type { ChargeRow } from "#platform/rows.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import { keepDifferingFact } from "./charge-facts.ts";
import { findChargeRow, recordChargeRow } from "./charge-rows.ts";
import { openRefundCase } from "./open.ts";
import { isSettledElsewhere } from "./whose-money.ts";

type Place = { tenantId: string; connectionId: string };
type Unmatched = Place & { charges: readonly ChargeFact[] };
type Signed = Place & { provider: string; reference: string; signed: SignedCharge };

/** Opens a refund case for each charge with money under an unknown reference. */
export async function refundUnmatched(unmatched: Unmatched): Promise<void> {
  await inTenant(unmatched.tenantId, (tx) => refundUnmatchedIn(tx, unmatched));
}

/** Returns false if no charge has money. Only a charge under a reference of ours goes back. */
export async function refundUnmatchedIn(tx: Tx, unmatched: Unmatched): Promise<boolean> {
  const money = unmatched.charges.filter((charge) => isMoneyHere(charge.state) && isOurReference(charge.reference));
  for (const fact of money) {
    if (await isSettledElsewhere(tx, { ...unmatched, ...fact })) continue;
    const charge = await recordUnmatched(tx, unmatched, fact);
    if (charge.outcome === null) await openRefundCase(tx, { charge, checkout: null, reason: "unmatched", actor: "system" });
  }
  return money.length > 0;
}

/**
 * For an approval that only a signed event shows: opens a case for a person, who must look in the
 * provider's panel. The case lists what is not proven. The default currency is the provider's.
 */
export async function refundSignedIn(tx: Tx, { provider, reference, signed, ...place }: Signed): Promise<void> {
  const [ownCurrency] = Object.keys(paymentProvider(provider)?.capabilities.amounts ?? {});
  const currency = signed.currency ?? ownCurrency;
  if (!currency) throw new Error(`${provider} declares no currency`);
  const charge = await recordUnmatched(tx, place, { ...signed, reference, currency, method: null });
  if (charge.outcome !== null) return;
  await openRefundCase(tx, { charge, checkout: null, reason: "unmatched", actor: "system", unproven: signed.unproven });
}

async function recordUnmatched(tx: Tx, { tenantId, connectionId }: Place, fact: Omit<ChargeFact, "finalizedAt">): Promise<ChargeRow> {
  const { providerChargeId, state, providerStatus, amountMinor, currency, method } = fact;
  const known = await findChargeRow(tx, { connectionId, providerChargeId });
  if (!known) return recordChargeRow(tx, { ...fact, tenantId, connectionId, paymentId: null, approvedAt: null, outcome: null });
  await keepDifferingFact(tx, known, fact);
  if (known.payment_id !== null || !mayPaymentMove(known.status, state)) return known;
  const money = known.outcome === null ? { amount_minor: amountMinor, currency, method } : {};
  return tx
    .updateTable("charge")
    .set({ status: state, provider_status: providerStatus, ...money, updated_at: sql`now()` })
    .where("id", "=", known.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
