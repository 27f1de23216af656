import { both } from "./totals.ts";

/** Charges that arrive on one day and are alike. `day` is null where the provider does not tell. */
export type AlikeArrivals = {
  day: string | null;
  provider: string;
  currency: string;
  amountMinor: number;
  feeMinor: number | null;
  netMinor: number | null;
  /** Of one of them, sent back by cases that are done. */
  backMinor: number;
  count: number;
};

type Taken = { provider: string; currency: string; payments: number; takenMinor: number };
type Arriving = Taken & { day: string; feesMinor: number | null; backMinor: number; arrivesMinor: number | null };

/** Sums what arrives by day, provider and currency, in the order of the lines. */
export function arrivalsOf(lines: readonly AlikeArrivals[]): { days: Arriving[]; unknown: Taken[] } {
  const days = new Map<string, Arriving>();
  const unknown = new Map<string, Taken>();
  for (const line of lines) {
    const { day, provider, currency, count } = line;
    const taken = { provider, currency, payments: count, takenMinor: line.amountMinor * count };
    if (day === null) add(unknown, `${provider} ${currency}`, taken, addTaken);
    else add(days, `${day} ${provider} ${currency}`, { ...taken, day, ...sumsOf(line) }, addArriving);
  }
  return { days: [...days.values()], unknown: [...unknown.values()] };
}

/** Of fee and net, one tells the other. A refund is taken from what arrives. */
function sumsOf({ amountMinor, feeMinor, netMinor, backMinor, count }: AlikeArrivals) {
  const fee = feeMinor ?? (netMinor === null ? null : amountMinor - netMinor);
  const net = netMinor ?? (feeMinor === null ? null : amountMinor - feeMinor);
  return {
    feesMinor: fee === null ? null : fee * count,
    backMinor: backMinor * count,
    arrivesMinor: net === null ? null : (net - backMinor) * count,
  };
}

function add<T>(sums: Map<string, T>, key: string, more: T, added: (a: T, b: T) => T): void {
  const known = sums.get(key);
  sums.set(key, known === undefined ? more : added(known, more));
}

const addTaken = (a: Taken, b: Taken): Taken => ({ ...a, payments: a.payments + b.payments, takenMinor: a.takenMinor + b.takenMinor });

const addArriving = (a: Arriving, b: Arriving): Arriving => ({
  ...a,
  ...addTaken(a, b),
  feesMinor: both(a.feesMinor, b.feesMinor),
  backMinor: a.backMinor + b.backMinor,
  arrivesMinor: both(a.arrivesMinor, b.arrivesMinor),
});
