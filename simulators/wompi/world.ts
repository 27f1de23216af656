import { randomInt } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { WompiMerchantConfig } from "../config.ts";
import { defaultKnobs } from "./knobs.ts";
import type { Method, Refund, WompiEvent, WompiMerchant, WompiTransaction } from "./shapes.ts";

/** Everything that the simulated Wompi knows, oldest first. The limit drops the oldest. */
export type WompiWorld = {
  clock: Clock;
  merchants: Map<string, WompiMerchant>;
  transactions: Map<string, WompiTransaction>;
  /** The same transactions by public key and reference. */
  references: Map<string, WompiTransaction[]>;
  events: Map<string, WompiEvent>;
  refunds: Refund[];
};

const remembered = { transactions: 20_000, events: 20_000 };

export function createWompiWorld(clock: Clock, merchants: WompiMerchantConfig[]): WompiWorld {
  const world: WompiWorld = {
    clock,
    merchants: new Map(),
    transactions: new Map(),
    references: new Map(),
    events: new Map(),
    refunds: [],
  };
  for (const merchant of merchants) putMerchant(world, merchant);
  return world;
}

/** Adds a merchant, or replaces the one with this public key. Resets its knobs. */
export function putMerchant(world: WompiWorld, config: WompiMerchantConfig): WompiMerchant {
  const number = world.merchants.get(config.publicKey)?.number ?? 12_000_001 + world.merchants.size;
  const merchant = { ...config, number, knobs: { ...defaultKnobs } };
  world.merchants.set(config.publicKey, merchant);
  return merchant;
}

/** Forgets what happened and resets every knob. The merchants stay. */
export function resetWompi(world: WompiWorld): void {
  world.transactions.clear();
  world.references.clear();
  world.events.clear();
  world.refunds.length = 0;
  for (const merchant of world.merchants.values()) merchant.knobs = { ...defaultKnobs };
}

export type NewTransaction = {
  merchant: WompiMerchant;
  /** Only for an API that learns late of what an event has told already. */
  id?: string | undefined;
  reference: string;
  amountInCents: number;
  currency: string;
  method: Method;
  redirectUrl?: string | null;
  expirationTime?: string | null;
  customer?: WompiTransaction["customer"];
};

/** Every transaction starts PENDING, as at the real service. */
export function createTransaction(world: WompiWorld, input: NewTransaction): WompiTransaction {
  const { merchant, reference, amountInCents, currency, method } = input;
  const now = world.clock.now();
  const transaction: WompiTransaction = {
    id: input.id ?? freeId(world, merchant, now),
    publicKey: merchant.publicKey,
    reference,
    amountInCents,
    currency,
    status: "PENDING",
    statusMessage: null,
    createdAt: new Date(now).toISOString(),
    finalizedAt: null,
    method,
    redirectUrl: input.redirectUrl ?? null,
    expirationTime: input.expirationTime ?? null,
    customer: input.customer ?? { email: null, fullName: null, phoneNumber: null },
    refundedInCents: 0,
    lagReadsLeft: 0,
  };
  rememberTransaction(world, transaction);
  return transaction;
}

export function rememberTransaction(world: WompiWorld, transaction: WompiTransaction): void {
  const forgotten = remember(world.transactions, transaction, remembered.transactions);
  if (forgotten) world.references.delete(referenceKey(forgotten.publicKey, forgotten.reference));
  const key = referenceKey(transaction.publicKey, transaction.reference);
  world.references.set(key, [...(world.references.get(key) ?? []), transaction]);
}

export function rememberEvent(world: WompiWorld, event: WompiEvent): void {
  remember(world.events, event, remembered.events);
}

export function transactionsOf(world: WompiWorld, publicKey: string, reference?: string): WompiTransaction[] {
  if (reference !== undefined) return world.references.get(referenceKey(publicKey, reference)) ?? [];
  return [...world.transactions.values()].filter((each) => each.publicKey === publicKey);
}

export const declinedWords: Record<string, string> = {
  DECLINED: "La transacción fue rechazada (Sandbox)",
  ERROR: "La tarjeta usada no es admitida para el ambiente Sandbox",
};

export function finalize(world: WompiWorld, transaction: WompiTransaction, status: string, lagReads: number): void {
  transaction.status = status;
  transaction.statusMessage = declinedWords[status] ?? null;
  transaction.finalizedAt = new Date(world.clock.now()).toISOString();
  transaction.lagReadsLeft = lagReads;
}

const referenceKey = (publicKey: string, reference: string): string => `${publicKey} ${reference}`;

/** `<merchant number>-<unix seconds>-<5 digits>` */
function freeId(world: WompiWorld, merchant: WompiMerchant, now: number): string {
  for (;;) {
    const id = `${merchant.number}-${Math.floor(now / 1000)}-${randomInt(10_000, 100_000)}`;
    if (!world.transactions.has(id)) return id;
  }
}

/** Returns the entry that was dropped, if any. */
function remember<T extends { id: string }>(shelf: Map<string, T>, entry: T, max: number): T | undefined {
  shelf.set(entry.id, entry);
  if (shelf.size <= max) return undefined;
  const oldest = shelf.values().next().value;
  if (oldest) shelf.delete(oldest.id);
  return oldest;
}
