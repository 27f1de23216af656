import type { ChargeFact } from "#domain/payment-provider.ts";
import { type ChargeState, hasBeenApproved } from "#domain/payment-states.ts";
import type { Tx } from "#platform/db.ts";
import type { ChargeRow } from "#platform/rows.ts";

type Told = Pick<ChargeFact, "state" | "providerStatus" | "amountMinor" | "currency">;

/**
 * Keeps two facts about one charge that name different money. Returns true if this fact is new. A
 * charge that always names the same money costs nothing. The caller has locked the charge.
 */
export async function keepDifferingFact(tx: Tx, known: ChargeRow, told: Told): Promise<boolean> {
  if (told.amountMinor === known.amount_minor && told.currency === known.currency) return false;
  if (!namesMoney(told.state, told.amountMinor) || !namesMoney(known.status, known.amount_minor)) return false;
  const charge = { tenant_id: known.tenant_id, charge_id: known.id };
  const { status, provider_status, amount_minor, currency, updated_at } = known;
  const recorded = { ...charge, status, provider_status, amount_minor, currency, told_at: updated_at };
  await tx
    .insertInto("charge_fact")
    .values(recorded)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { state, providerStatus, amountMinor } = told;
  const differing = { ...charge, status: state, provider_status: providerStatus, amount_minor: amountMinor, currency: told.currency };
  const kept = await tx
    .insertInto("charge_fact")
    .values(differing)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (kept.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Some providers tell an amount with the approval alone, and 0 with every other word. */
const namesMoney = (state: ChargeState, amountMinor: number): boolean => amountMinor !== 0 || hasBeenApproved(state);
