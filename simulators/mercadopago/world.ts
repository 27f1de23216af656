import { randomInt, randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { MercadopagoAccountConfig } from "../config.ts";
import { defaultKnobs, type Knobs } from "./knobs.ts";
import type { Chargeback, Method, MpAccount, MpPayment, Notice, Preference } from "./shapes.ts";

/** What was answered under an idempotency key, and to which request. */
type Answered = { fingerprint: string; status: number; body: object };

/** Everything that the simulated Mercado Pago knows, oldest first. The limit drops the oldest. */
export type MercadopagoWorld = {
  clock: Clock;
  /** Where browsers find its pages: set once the port is known. */
  pagesUrl: string;
  accounts: Map<string, MpAccount>;
  preferences: Map<string, Preference>;
  payments: Map<string, MpPayment>;
  /** The same payments by account and reference. */
  references: Map<string, MpPayment[]>;
  chargebacks: Map<string, Chargeback>;
  notices: Map<string, Notice>;
  answered: Map<string, Answered>;
};

const rememberedMax = 20_000;

export function createMercadopagoWorld(clock: Clock, accounts: MercadopagoAccountConfig[]): MercadopagoWorld {
  const world: MercadopagoWorld = {
    clock,
    pagesUrl: "http://127.0.0.1/mercadopago",
    accounts: new Map(),
    preferences: new Map(),
    payments: new Map(),
    references: new Map(),
    chargebacks: new Map(),
    notices: new Map(),
    answered: new Map(),
  };
  for (const account of accounts) putAccount(world, account);
  return world;
}

/** Adds an account, or replaces the one with this number. Resets its knobs. */
export function putAccount(world: MercadopagoWorld, config: MercadopagoAccountConfig): MpAccount {
  const userId = config.accessToken.slice(config.accessToken.lastIndexOf("-") + 1);
  const account = { ...config, userId, knobs: { ...defaultKnobs } };
  world.accounts.set(userId, account);
  return account;
}

/** Forgets what happened and resets every knob. The accounts stay. */
export function resetMercadopago(world: MercadopagoWorld): void {
  for (const shelf of [world.preferences, world.payments, world.references, world.chargebacks, world.notices, world.answered])
    shelf.clear();
  for (const account of world.accounts.values()) account.knobs = { ...defaultKnobs };
}

export type NewPayment = {
  account: MpAccount;
  knobs: Knobs;
  method: Method;
  reference: string | null;
  amount: number;
  currency: string;
  id?: string | undefined;
  preference?: Preference;
};

export function createPayment(world: MercadopagoWorld, input: NewPayment): MpPayment {
  const { account, knobs, method, reference, amount, currency, preference } = input;
  const now = isoOf(world.clock.now());
  const payment: MpPayment = {
    id: input.id ?? freeId(world),
    userId: account.userId,
    preferenceId: preference?.id ?? null,
    reference,
    amount,
    currency,
    status: "pending",
    statusDetail: method === "pse" ? "pending_waiting_transfer" : "pending_waiting_payment",
    method,
    createdAt: now,
    approvedAt: null,
    updatedAt: now,
    expiresAt: preference?.dateOfExpiration ?? null,
    notificationUrl: preference?.notificationUrl ?? null,
    binaryMode: preference?.binaryMode ?? false,
    metadata: preference?.metadata ?? {},
    payer: preference?.payer ?? { name: null, email: null },
    refunds: [],
    lagReadsLeft: 0,
    hiddenSearchesLeft: knobs.searchLag,
  };
  remember(world.payments, payment);
  const key = referenceKey(payment.userId, reference);
  world.references.set(key, [...(world.references.get(key) ?? []), payment]);
  return payment;
}

export function paymentsOf(world: MercadopagoWorld, userId: string, reference?: string): MpPayment[] {
  if (reference !== undefined) return world.references.get(referenceKey(userId, reference)) ?? [];
  return [...world.payments.values()].filter((each) => each.userId === userId);
}

export const accountOf = (world: MercadopagoWorld, { userId }: { userId: string }): MpAccount | undefined => world.accounts.get(userId);

/** What the API says of the change, and when it came. */
export function changeStatus(world: MercadopagoWorld, payment: MpPayment, [status, statusDetail]: readonly [string, string]): void {
  const now = isoOf(world.clock.now());
  Object.assign(payment, { status, statusDetail, updatedAt: now });
  if (status === "approved" && payment.approvedAt === null) payment.approvedAt = now;
}

export const isoOf = (ms: number): string => new Date(ms).toISOString();

/** Drops the oldest beyond the limit. */
export function remember<T extends { id: string }>(shelf: Map<string, T>, entry: T): void {
  shelf.set(entry.id, entry);
  const [oldest] = shelf.size > rememberedMax ? shelf.keys() : [];
  if (oldest !== undefined) shelf.delete(oldest);
}

/** `<collector>-<uuid>` */
export const newPreferenceId = (userId: string): string => `${userId}-${randomUUID()}`;

const referenceKey = (userId: string, reference: string | null): string => `${userId} ${reference ?? ""}`;

function freeId(world: MercadopagoWorld): string {
  for (;;) {
    const id = String(randomInt(100_000_000_000, 200_000_000_000));
    if (!world.payments.has(id)) return id;
  }
}
