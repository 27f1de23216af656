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

/** Money under a reference that nobody here knows (any more) goes back: one refund case per charge. */
export async function refundUnmatched(unmatched: Unmatched): Promise<void> {
  await inTenant(unmatched.tenantId, (tx) => refundUnmatchedIn(tx, unmatched));
}

/** Returns false if there is no money among the charges. Only what was asked for here goes back: other sales are not ours. */
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
 * An approval that only a signed event tells of: a refund case for a person, who must look for it in the provider's panel.
 * The case says what is not proven; a currency that the signature does not cover is the connection's.
 */
export async function refundSignedIn(tx: Tx, { provider, reference, signed, ...place }: Signed): Promise<void> {
  const [ownCurrency] = paymentProvider(provider)?.capabilities.currencies ?? [];
  const currency = signed.currency ?? ownCurrency;
  if (!currency) throw new Error(`${provider} names no currency`);
  const charge = await recordUnmatched(tx, place, { ...signed, reference, currency, method: null });
  if (charge.outcome !== null) return;
  await openRefundCase(tx, { charge, checkout: null, reason: "unmatched", actor: "system", unproven: signed.unproven });
}

type Told = Omit<ChargeFact, "finalizedAt">;

async function recordUnmatched(tx: Tx, place: Place, fact: Told): Promise<ChargeRow> {
  const { providerChargeId, reference, state, providerStatus, amountMinor, currency, method } = fact;
  const known = await findChargeRow(tx, { connectionId: place.connectionId, providerChargeId });
  if (!known) {
    const told = { providerChargeId, reference, state, providerStatus, amountMinor, currency, method };
    return recordChargeRow(tx, { ...place, ...told, paymentId: null, approvedAt: null, outcome: null });
  }
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
