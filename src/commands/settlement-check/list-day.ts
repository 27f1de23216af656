import { listMarginMinutes } from "#domain/ledger/settlement-check.ts";
import type { ChargeFact, ListedCharges, PaymentProvider, UnreadableRow } from "#domain/payment-provider.ts";
import { ProviderFailure } from "#domain/provider-failure.ts";

export type Span = { from: Date; to: Date };
/** `missing` says what of the list is not known; null: it is whole. */
export type DayList = { charges: ChargeFact[]; missing: string | null };

/** A page has 100 charges or so: more than a busy clinic sells in a month. */
const pagesMax = 100;
const marginMs = listMarginMinutes * 60_000;

/**
 * Every charge that the account began in the span, and a little before and after it. What cannot be
 * read, or was not answered, makes the list not known; what was read before that still counts.
 */
export async function listDay(provider: PaymentProvider, { from, to }: Span): Promise<DayList> {
  const charges = new Map<string, ChargeFact>();
  const unreadable: UnreadableRow[] = [];
  const wish = { from: new Date(from.getTime() - marginMs), to: new Date(to.getTime() + marginMs) };
  const known = (missing: string | null): DayList => ({ charges: [...charges.values()], missing });
  if (!provider.listCharges) throw new Error(`${provider.id} lists no charges`);
  let cursor: string | null = null;
  for (let page = 1; page <= pagesMax; page += 1) {
    const listed: ListedCharges | ProviderFailure = await answerOf(provider.listCharges({ ...wish, cursor }));
    if (listed instanceof ProviderFailure) return known(listed.message);
    for (const charge of listed.charges) charges.set(charge.providerChargeId, charge);
    unreadable.push(...listed.unreadable);
    cursor = listed.next;
    if (cursor === null)
      return known(unreadable.length === 0 ? null : `${unreadable.length} of its charges cannot be read: ${unreadable[0]?.why}`);
  }
  return known(`there are more than ${pagesMax} pages`);
}

/** Not to be answered is an answer of its own. A bug still crashes. */
export function answerOf<T>(asked: Promise<T>): Promise<T | ProviderFailure> {
  return asked.catch((error: unknown) => {
    if (error instanceof ProviderFailure) return error;
    throw error;
  });
}
