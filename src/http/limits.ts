import type { Context, MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../contracts/problem.ts";
import { env } from "../platform/env.ts";
import { addressOf, type HttpEnv } from "./requests.ts";

/**
 * Per address, in this process's memory: no database round trip. One knob, RATE_LIMIT_CHANGES, moves all of them, so that a demo or a
 * test on one machine can open them together. With N web processes an address has N times as much.
 */
const perChange = {
  /** Changes in ten seconds. */
  changes: { times: 1, seconds: 10 },
  /** Looks at options, slots, states and event streams in ten seconds: an open page asks every two. */
  reads: { times: 6, seconds: 10 },
  /** Payment pages opened in ten minutes: each costs a provider's call, a timer and up to twenty questions later on. */
  payments: { times: 6, seconds: 600 },
  /** Deliveries that were not genuine, in a minute. */
  forgeries: { times: 3, seconds: 60 },
  /** The same for an address that has delivered something genuine: a merchant with a wrong secret must not lock out its provider. */
  forgeriesOfKnown: { times: 300, seconds: 60 },
} as const;

/** Open event streams per address, per change allowed: 20 by default. */
const streamsPerChange = 2;
const knownMs = 24 * 3_600_000;
const knownMax = 10_000;

type LimitName = keyof typeof perChange;
const limiters = new Map<LimitName, RateLimiterMemory>();

function limiter(name: LimitName): RateLimiterMemory {
  let found = limiters.get(name);
  if (!found) {
    found = new RateLimiterMemory({ points: perChange[name].times * env().RATE_LIMIT_CHANGES, duration: perChange[name].seconds });
    limiters.set(name, found);
  }
  return found;
}

/** Refuses: rate_limited, with Retry-After. */
function limit(...names: LimitName[]): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    for (const name of names)
      await limiter(name)
        .consume(keyOf(c))
        .catch((refused: unknown) => refuse(c, refused));
    await next();
  };
}

export const limitChanges = limit("changes");
export const limitReads = limit("reads");
export const limitPayments = limit("changes", "payments");

/** An address that only sends forged webhooks is turned away before its body is read. Refuses: rate_limited. */
export async function refuseForgers(c: Context<HttpEnv>): Promise<void> {
  const found = await limiter(forgeryLimit(c)).get(keyOf(c));
  if (found && found.remainingPoints <= 0) refuse(c, found);
}

/** Only failures count; a genuine delivery makes its address known for a day. */
export async function countDelivery(c: Context<HttpEnv>, isGenuine: boolean): Promise<void> {
  if (!isGenuine) {
    await limiter(forgeryLimit(c)).penalty(keyOf(c));
    return;
  }
  known.delete(keyOf(c));
  known.set(keyOf(c), Date.now() + knownMs);
  if (known.size > knownMax) known.delete(known.keys().next().value ?? "");
}

/** Address → until when it counts as a provider's. The oldest goes first when there are too many. */
const known = new Map<string, number>();

const forgeryLimit = (c: Context<HttpEnv>): LimitName => ((known.get(keyOf(c)) ?? 0) > Date.now() ? "forgeriesOfKnown" : "forgeries");

const streams = new Map<string, number>();

/** A place among the address's open event streams; give it back with what is returned. Refuses: rate_limited. */
export function takeStream(c: Context<HttpEnv>): () => void {
  const key = keyOf(c);
  const open = streams.get(key) ?? 0;
  if (open >= streamsPerChange * env().RATE_LIMIT_CHANGES)
    throw new Refusal("rate_limited", "Too many open event streams from this address.");
  streams.set(key, open + 1);
  let isGiven = false;
  return () => {
    if (isGiven) return;
    isGiven = true;
    const left = (streams.get(key) ?? 1) - 1;
    if (left > 0) streams.set(key, left);
    else streams.delete(key);
  };
}

const keyOf = (c: Context<HttpEnv>): string => addressOf(c) ?? "unknown";

function refuse(c: Context, refused: unknown): never {
  if (!(refused instanceof RateLimiterRes)) throw refused;
  c.header("retry-after", String(Math.max(1, Math.ceil(refused.msBeforeNext / 1000))));
  throw new Refusal("rate_limited");
}
