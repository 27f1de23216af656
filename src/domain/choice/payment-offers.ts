import type { AmountLimits, PaymentCapabilities } from "../payment-provider.ts";

/**
 * What one account takes, by currency, as its provider told. It narrows the provider's limits, and
 * is empty if the provider tells nothing of single accounts.
 */
export type OwnLimits = Readonly<Record<string, { minMinor: number; maxMinor: number | null }>>;

/** What decides whether customers are offered an account. */
export type Offerable = { capabilities: PaymentCapabilities; limits: OwnLimits };

/** What is to be paid, whose merchant's country it is, and for how long its page may be open. */
export type PaymentWish = { amountMinor: number; currency: string; country: string; pageMinutes: number };

/** Why an account is not offered. The merchant reads it in the settings. */
export const unfitReasons = ["country", "currency", "too_little", "too_much", "unused_decimals", "page_too_long"] as const;
export type UnfitReason = (typeof unfitReasons)[number];

/**
 * The one rule of what is offered: pages ask it, and so does the command that refuses. Returns null
 * if the account fits.
 */
export function unfitReason({ capabilities, limits }: Offerable, wish: PaymentWish): UnfitReason | null {
  const { countries, pageMinutesMin, canCloseEarly } = capabilities;
  if (countries !== null && !countries.includes(wish.country)) return "country";
  const amounts = limitsOf({ capabilities, limits }, wish.currency);
  if (!amounts) return "currency";
  if (wish.amountMinor < amounts.minMinor) return "too_little";
  if (amounts.maxMinor !== null && wish.amountMinor > amounts.maxMinor) return "too_much";
  if (wish.amountMinor % amounts.stepMinor !== 0) return "unused_decimals";
  // A page that outlives the countdown would take money for a slot that is gone.
  if (!canCloseEarly && pageMinutesMin > wish.pageMinutes) return "page_too_long";
  return null;
}

/** The provider's limits and the account's own. Returns null if the currency is not taken. */
export function limitsOf({ capabilities, limits }: Offerable, currency: string): AmountLimits | null {
  const known = Object.hasOwn(capabilities.amounts, currency) ? capabilities.amounts[currency] : undefined;
  if (!known) return null;
  const own = Object.hasOwn(limits, currency) ? limits[currency] : undefined;
  if (!own) return Object.keys(limits).length > 0 ? null : known;
  const tops = [known.maxMinor, own.maxMinor].filter((top) => top !== null);
  return {
    ...known,
    minMinor: Math.max(known.minMinor, own.minMinor),
    maxMinor: tops.length > 0 ? Math.min(...tops) : null,
  };
}

type Ends = {
  /** Until when a payment of the provider may still be decided. */
  payableUntil: Date;
  /** Until when capacity waits for it at the latest; null if none waits. */
  keptUntil: Date | null;
  /** The last moment at which its money counts; null if it always does. */
  settleUntil: Date | null;
};

/**
 * Methods that take hours or days are offered only if their last answer comes while the capacity
 * still waits and while money still counts. Otherwise somebody would pay for a slot that is gone.
 */
export function mayBeSlow({ payableUntil, keptUntil, settleUntil }: Ends): boolean {
  return keptUntil !== null && payableUntil <= keptUntil && (settleUntil === null || payableUntil <= settleUntil);
}
