import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { StripeAccountConfig } from "../config.ts";
import { defaultKnobs } from "./knobs.ts";
import type { BalanceTransaction, Charge, Dispute, Intent, KeptAnswer, Refund, Session, StripeAccount, StripeEvent } from "./shapes.ts";

/** Everything that the simulated Stripe knows, oldest first. The limit drops the oldest. */
export type StripeWorld = {
  clock: Clock;
  accounts: Map<string, StripeAccount>;
  sessions: Map<string, Session>;
  intents: Map<string, Intent>;
  charges: Map<string, Charge>;
  refunds: Map<string, Refund>;
  disputes: Map<string, Dispute>;
  balance: Map<string, BalanceTransaction>;
  /** Deliveries. The API lists each event once. */
  events: Map<string, StripeEvent>;
  answers: Map<string, KeptAnswer>;
};

export const rememberedMax = 20_000;

export function createStripeWorld(clock: Clock, accounts: StripeAccountConfig[]): StripeWorld {
  const world: StripeWorld = {
    clock,
    accounts: new Map(),
    sessions: new Map(),
    intents: new Map(),
    charges: new Map(),
    refunds: new Map(),
    disputes: new Map(),
    balance: new Map(),
    events: new Map(),
    answers: new Map(),
  };
  for (const account of accounts) putAccount(world, account);
  return world;
}

/** Adds an account, or replaces the one with this id. Resets its knobs. */
export function putAccount(world: StripeWorld, config: StripeAccountConfig): StripeAccount {
  const account = { ...config, knobs: { ...defaultKnobs } };
  world.accounts.set(config.accountId, account);
  return account;
}

/** Forgets what happened and resets every knob. The accounts stay. */
export function resetStripe(world: StripeWorld): void {
  for (const shelf of [
    world.sessions,
    world.intents,
    world.charges,
    world.refunds,
    world.disputes,
    world.balance,
    world.events,
    world.answers,
  ])
    shelf.clear();
  for (const account of world.accounts.values()) account.knobs = { ...defaultKnobs };
}

export const secondsNow = ({ clock }: Pick<StripeWorld, "clock">): number => Math.floor(clock.now() / 1000);

export const isLive = (account: Pick<StripeAccount, "secretKey">): boolean => /^(sk|rk)_live_/.test(account.secretKey);

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** `pi_3` and letters. Never so many digits in a row that they look like a card's number. */
export function newId(prefix: string, length = 20): string {
  const word = Array.from(randomBytes(length), (byte, index) => alphabet[byte % (index % 5 === 4 ? 52 : 62)]).join("");
  return `${prefix}${word}`;
}

export function remember<T extends { id: string }>(shelf: Map<string, T>, entry: T): T {
  shelf.set(entry.id, entry);
  if (shelf.size > rememberedMax) {
    const oldest = shelf.keys().next().value;
    if (oldest !== undefined) shelf.delete(oldest);
  }
  return entry;
}

export function accountNamed(world: StripeWorld, id: string | undefined): StripeAccount | undefined {
  return world.accounts.get(id ?? "");
}

export const chargesOf = (world: StripeWorld, intentId: string): Charge[] =>
  [...world.charges.values()].filter((charge) => charge.intentId === intentId);

/** Newest first, as every list of Stripe is. */
export const refundsOf = (world: StripeWorld, chargeId: string): Refund[] =>
  [...world.refunds.values()].filter((refund) => refund.chargeId === chargeId).reverse();

export const disputesOf = (world: StripeWorld, chargeId: string): Dispute[] =>
  [...world.disputes.values()].filter((dispute) => dispute.chargeId === chargeId).reverse();

/** What the fees of a card are here: 2.9 %. The money is free two days later. */
export function addBalance(
  world: StripeWorld,
  entry: Pick<BalanceTransaction, "accountId" | "amount" | "currency" | "type" | "source"> & { fee?: number },
): BalanceTransaction {
  const created = secondsNow(world);
  return remember(world.balance, { fee: 0, ...entry, id: newId("txn_1", 16), created, availableOn: created + 2 * 86_400 });
}
