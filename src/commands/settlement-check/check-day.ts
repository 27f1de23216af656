import {
  type CheckDifference,
  type CheckedCharge,
  type CheckOutcome,
  differenceHere,
  differencesThere,
} from "#domain/ledger/settlement-check.ts";
import type { PaymentProvider } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";
import { connectedProvider } from "../connections/connected-provider.ts";
import { answerOf, listDay } from "./list-day.ts";
import { madeHere, ownChargesOf, ownRowsOf } from "./own-charges.ts";
import { type CheckedDay, type CheckWish, type Compared, openDifferences, recordCheck } from "./record-check.ts";

/** So many charges are asked about one by one; more of them make the day not known. */
const singlesMax = 200;

/**
 * Compares one day of one connection with the provider's list, and keeps what differs for a person.
 * Reads everything else and changes nothing: neither a charge nor a payment moves by it.
 */
export async function checkDay(wish: CheckWish): Promise<CheckedDay> {
  const provider = await answerOf(connectedProvider(wish));
  const compared = provider instanceof ProviderFailure ? nothingOf(provider.message) : await compare(provider, wish);
  const outcome: CheckOutcome = compared.why !== null ? "not_known" : compared.differences.length > 0 ? "differs" : "agrees";
  await recordCheck(wish, { ...compared, outcome });
  const { settled: _, ...checked } = compared;
  return { ...checked, outcome };
}

const nothingOf = (why: string): Compared => ({ listed: 0, notOurs: 0, own: 0, why, differences: [], settled: [] });

async function compare(provider: PaymentProvider, wish: CheckWish): Promise<Compared> {
  const { charges, missing } = await listDay(provider, wish.span);
  const ours = await madeHere(wish.tenantId, charges);
  const rows = await ownRowsOf(
    wish,
    ours.map(({ providerChargeId }) => providerChargeId),
  );
  const own = await ownChargesOf(wish, wish.span);
  const shown = new Set(charges.map(({ providerChargeId }) => providerChargeId));
  const open = await openDifferences(wish);
  // What the list does not show began on another day, or is not there: only a question can tell.
  const unseen = [...new Set([...own.map(({ providerChargeId }) => providerChargeId), ...open])].filter((id) => !shown.has(id));
  const singles = await askSingly(provider, wish, unseen);
  return {
    listed: charges.length,
    notOurs: charges.length - ours.length,
    own: own.length,
    why: missing ?? singles.missing,
    differences: [...ours.flatMap((fact) => differencesThere(fact, rows.get(fact.providerChargeId) ?? null)), ...singles.differences],
    settled: [...shown, ...singles.settled],
  };
}

type Singles = { differences: CheckDifference[]; settled: string[]; missing: string | null };

async function askSingly(provider: PaymentProvider, wish: CheckWish, ids: readonly string[]): Promise<Singles> {
  const found: Singles = {
    differences: [],
    settled: [],
    missing: ids.length > singlesMax ? `more than ${singlesMax} charges are not in the list` : null,
  };
  const asked = ids.slice(0, singlesMax);
  const rows = await ownRowsOf(wish, asked);
  for (const id of asked) {
    const answer = await askOne(provider, id, rows.get(id) ?? null);
    // No answer is not "there is no such charge".
    if (answer instanceof ProviderFailure) found.missing ??= answer.message;
    else {
      found.differences.push(...answer);
      found.settled.push(id);
    }
  }
  return found;
}

/** The differences of one charge, asked for by its id. */
export async function askOne(
  provider: PaymentProvider,
  id: string,
  own: CheckedCharge | null,
): Promise<CheckDifference[] | ProviderFailure> {
  const fact = await answerOf(provider.findCharge(id));
  if (fact instanceof ProviderFailure) return fact;
  if (fact) return differencesThere(fact, own);
  return own ? differenceHere(own) : [];
}
