import { randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import type { AddiAllyConfig } from "../config.ts";
import type { Outgoing } from "../outgoing.ts";
import { defaultKnobs, type Knobs } from "./knobs.ts";

export type AddiAlly = AddiAllyConfig & { knobs: Knobs };

/** Amounts are pesos, as everywhere at Addi. */
export type Application = {
  id: string;
  orderId: string;
  clientId: string;
  totalAmount: number;
  currency: string;
  buyer: string;
  callbackUrl: string;
  redirectionUrl: string;
  /** OPEN until the buyer or Addi decides; then one of the documented words, or any by a knob. */
  status: string;
  approvedAmount: number;
  statusAt: string;
  isCancelled: boolean;
  createdAt: string;
};

/** Everything that the simulated Addi knows, oldest first. The limit drops the oldest. */
export type AddiWorld = {
  clock: Clock;
  allies: Map<string, AddiAlly>;
  applications: Map<string, Application>;
  /** The newest of an order, by client and order. */
  orders: Map<string, Application>;
  /** Client by token. */
  tokens: Map<string, string>;
  callbacks: Map<string, Outgoing>;
};

const rememberedMax = 20_000;

export function createAddiWorld(clock: Clock, allies: AddiAllyConfig[]): AddiWorld {
  const world: AddiWorld = {
    clock,
    allies: new Map(),
    applications: new Map(),
    orders: new Map(),
    tokens: new Map(),
    callbacks: new Map(),
  };
  for (const ally of allies) putAlly(world, ally);
  return world;
}

/** Adds an ally, or replaces the one with this client. Resets its knobs. */
export function putAlly(world: AddiWorld, config: AddiAllyConfig): AddiAlly {
  const ally = { ...config, knobs: { ...defaultKnobs } };
  world.allies.set(config.clientId, ally);
  return ally;
}

/** Forgets what happened and resets every knob. The allies stay. */
export function resetAddi(world: AddiWorld): void {
  for (const shelf of [world.applications, world.orders, world.tokens, world.callbacks]) shelf.clear();
  for (const ally of world.allies.values()) ally.knobs = { ...defaultKnobs };
}

type NewApplication = Pick<
  Application,
  "orderId" | "clientId" | "totalAmount" | "currency" | "buyer" | "callbackUrl" | "redirectionUrl"
> & { id?: string | undefined };

export function newApplication(world: AddiWorld, { id = randomUUID(), ...given }: NewApplication): Application {
  const createdAt = new Date(world.clock.now()).toISOString();
  return { ...given, id, status: "OPEN", approvedAmount: 0, statusAt: createdAt, isCancelled: false, createdAt };
}

export function rememberApplication(world: AddiWorld, application: Application): void {
  remember(world.applications, application.id, application);
  remember(world.orders, orderKey(application.clientId, application.orderId), application);
}

export const orderOf = (world: AddiWorld, clientId: string, orderId: string): Application | undefined =>
  world.orders.get(orderKey(clientId, orderId));

export const rememberCallback = (world: AddiWorld, callback: Outgoing): void => remember(world.callbacks, callback.id, callback);

export function newTokenFor(world: AddiWorld, clientId: string): string {
  const token = Buffer.from(`${clientId}.${randomUUID()}`).toString("base64url");
  remember(world.tokens, token, clientId);
  return token;
}

/** `currency`: of the approval, where it is another one than was asked for. */
type Decision = { status: string; approvedAmount: number; currency: string | undefined };

/** Only what is approved has an approved amount. */
export function decide(world: AddiWorld, application: Application, { status, approvedAmount, currency }: Decision): void {
  application.status = status;
  application.approvedAmount = status === "APPROVED" ? approvedAmount : 0;
  if (status === "APPROVED" && currency !== undefined) application.currency = currency;
  application.statusAt = new Date(world.clock.now()).toISOString();
}

const orderKey = (clientId: string, orderId: string): string => `${clientId} ${orderId}`;

function remember<T>(shelf: Map<string, T>, key: string, entry: T): void {
  shelf.set(key, entry);
  const oldest = shelf.size > rememberedMax ? shelf.keys().next().value : undefined;
  if (oldest !== undefined) shelf.delete(oldest);
}
