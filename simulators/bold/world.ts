import { randomBytes } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { BoldMerchantConfig } from "../config.ts";
import type { Outgoing } from "../outgoing.ts";
import { defaultKnobs, type Knobs } from "./knobs.ts";

export type BoldMerchant = BoldMerchantConfig & { number: number; knobs: Knobs };

export type Method = "CARD_WEB" | "NEQUI" | "PSE" | "BOTON_BANCOLOMBIA";

/** Amounts are pesos, as everywhere at Bold. */
export type BoldLink = {
  id: string;
  identityKey: string;
  reference: string;
  total: number;
  currency: string;
  description: string;
  /** In nanoseconds, as it was sent. */
  expirationDate: number | null;
  callbackUrl: string | null;
  payerEmail: string | null;
  createdAt: string;
};

export type BoldPayment = {
  id: string;
  identityKey: string;
  linkId: string | null;
  reference: string;
  /** With the tip. */
  total: number;
  tip: number;
  currency: string;
  /** APPROVED, REJECTED, FAILED, PENDING, VOIDED, or any word by the knob `unknownStatus`. */
  status: string;
  method: Method;
  createdAt: string;
  payer: { email: string | null; name: string | null };
  /** How often the voucher was read, and how often it hides the end (knob `apiLag`). */
  reads: number;
  lag: number;
};

/** Everything that the simulated Bold knows, oldest first. The limit drops the oldest. */
export type BoldWorld = {
  clock: Clock;
  merchants: Map<string, BoldMerchant>;
  links: Map<string, BoldLink>;
  payments: Map<string, BoldPayment>;
  /** The same payments by identity key and reference. */
  references: Map<string, BoldPayment[]>;
  events: Map<string, Outgoing>;
};

const rememberedMax = 20_000;

export function createBoldWorld(clock: Clock, merchants: BoldMerchantConfig[]): BoldWorld {
  const world: BoldWorld = {
    clock,
    merchants: new Map(),
    links: new Map(),
    payments: new Map(),
    references: new Map(),
    events: new Map(),
  };
  for (const merchant of merchants) putMerchant(world, merchant);
  return world;
}

/** Adds a merchant, or replaces the one with this identity key. Resets its knobs. */
export function putMerchant(world: BoldWorld, config: BoldMerchantConfig): BoldMerchant {
  const number = world.merchants.get(config.identityKey)?.number ?? 900_001 + world.merchants.size;
  const merchant = { ...config, number, knobs: { ...defaultKnobs } };
  world.merchants.set(config.identityKey, merchant);
  return merchant;
}

/** Forgets what happened and resets every knob. The merchants stay. */
export function resetBold(world: BoldWorld): void {
  for (const shelf of [world.links, world.payments, world.references, world.events]) shelf.clear();
  for (const merchant of world.merchants.values()) merchant.knobs = { ...defaultKnobs };
}

/** `LNK_` and ten letters or digits, as in the documentation. */
export const newLinkId = (): string => `LNK_${letters(10)}`;
/** As in the samples: thirteen letters and digits. */
export const newPaymentId = (): string => `CN${letters(11)}`;

const alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
const letters = (length: number): string => Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");

export function rememberLink(world: BoldWorld, link: BoldLink): void {
  remember(world.links, link);
}

export function rememberPayment(world: BoldWorld, payment: BoldPayment): void {
  const forgotten = remember(world.payments, payment);
  if (forgotten) world.references.delete(keyOf(forgotten));
  world.references.set(keyOf(payment), [...(world.references.get(keyOf(payment)) ?? []), payment]);
}

export function rememberEvent(world: BoldWorld, event: Outgoing): void {
  remember(world.events, event);
}

export const paymentsOf = (world: BoldWorld, identityKey: string, reference: string): BoldPayment[] =>
  world.references.get(keyOf({ identityKey, reference })) ?? [];

export type LinkStatus = "ACTIVE" | "PROCESSING" | "PAID" | "EXPIRED";

/** After a failed try a link is ACTIVE again. */
export function linkStatus(world: BoldWorld, link: BoldLink): LinkStatus {
  const tries = paymentsOf(world, link.identityKey, link.reference).filter(({ linkId }) => linkId === link.id);
  const isHidden = tries.some((payment) => payment.reads <= payment.lag && payment.lag > 0);
  const words = tries.map(({ status }) => status);
  if (isHidden) return "PROCESSING";
  if (words.some((word) => word === "APPROVED" || word === "VOIDED")) return "PAID";
  if (words.some((word) => word !== "REJECTED" && word !== "FAILED")) return "PROCESSING";
  return isExpired(world, link) ? "EXPIRED" : "ACTIVE";
}

export const isExpired = (world: BoldWorld, { expirationDate }: BoldLink): boolean =>
  expirationDate !== null && expirationDate / 1e6 <= world.clock.now();

const keyOf = ({ identityKey, reference }: { identityKey: string; reference: string }): string => `${identityKey} ${reference}`;

/** Returns the entry that was dropped, if any. */
function remember<T extends { id: string }>(shelf: Map<string, T>, entry: T): T | undefined {
  shelf.set(entry.id, entry);
  if (shelf.size <= rememberedMax) return undefined;
  const oldest = shelf.values().next().value;
  if (oldest) shelf.delete(oldest.id);
  return oldest;
}
