import type { Context } from "hono";
import { RateLimiterRes } from "rate-limiter-flexible";
import type { OperationLimit } from "#contracts/operations/limits.ts";
import { Refusal } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { metrics } from "#platform/metrics.ts";
import { isShared, keyFor, knownSeconds, type LimitName, limiter } from "./limiters.ts";
import { addressOf, type HttpEnv } from "./requests.ts";

/** Open streams and waits per address or member and allowed change: 20 in each process. */
const streamsPerChange = 2;
const knownMs = knownSeconds * 1000;
/** A younger mark is not renewed. */
const markedMs = 3_600_000;
const knownMax = 10_000;

type Check = (c: Context<HttpEnv>) => Promise<void>;

/** Refuses: rate_limited, with Retry-After. */
export const limits: Record<OperationLimit, Check | null> = {
  reads: counting("reads"),
  changes: counting("changes"),
  merchant: counting("merchant"),
  payments: counting("changes", "payments"),
  codes: counting("codes", "changes"),
  signIns: counting("signIns"),
  accountMails: counting("accountMails"),
  invitations: counting("merchant", "invitations"),
  forgeries: refuseForgers,
  none: null,
};

function counting(...names: LimitName[]): Check {
  return async (c) => {
    for (const name of names)
      await limiter(name)
        .consume(keyOf(c))
        .catch((refused: unknown) => refuse(c, refused));
  };
}

/** Turns away an address that only sends forged webhooks, before its body is read. */
async function refuseForgers(c: Context<HttpEnv>): Promise<void> {
  const key = keyOf(c);
  const found = await limiter(await forgeryLimit(key)).get(key);
  if (!found || found.remainingPoints > 0) return;
  metrics().webhooks.inc({ provider: "any", outcome: "rate_limited" });
  refuse(c, found);
}

/** Only failures count. A genuine delivery makes its address known for a day. */
export async function countDelivery(c: Context<HttpEnv>, isGenuine: boolean): Promise<void> {
  const key = keyOf(c);
  if (isGenuine) await remember(key);
  else await limiter(await forgeryLimit(key)).penalty(key);
}

/** When each known address is forgotten. The oldest goes first when there are too many. */
const known = new Map<string, number>();

async function remember(key: string): Promise<void> {
  if ((known.get(key) ?? 0) > Date.now() + knownMs - markedMs) return;
  known.delete(key);
  known.set(key, Date.now() + knownMs);
  if (known.size > knownMax) known.delete(known.keys().next().value ?? "");
  if (isShared()) await limiter("known").set(key, 1, knownSeconds);
}

async function forgeryLimit(key: string): Promise<LimitName> {
  const isKnown = (known.get(key) ?? 0) > Date.now() || (isShared() && (await limiter("known").get(key)) !== null);
  return isKnown ? "forgeriesOfKnown" : "forgeries";
}

const streams = new Map<string, number>();

/**
 * Takes an event stream of the address or `key`, and returns what gives it back. Refuses:
 * rate_limited.
 */
export function takeStream(c: Context<HttpEnv>, key = keyOf(c)): () => void {
  const open = streams.get(key) ?? 0;
  if (open >= streamsPerChange * env().RATE_LIMIT_CHANGES) throw new Refusal("rate_limited", "Too many open event streams.");
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

export const keyOf = (c: Context<HttpEnv>): string => keyFor(addressOf(c) ?? "unknown");

export function refuse(c: Context, refused: unknown): never {
  if (!(refused instanceof RateLimiterRes)) throw refused;
  c.header("retry-after", String(Math.max(1, Math.ceil(refused.msBeforeNext / 1000))));
  throw new Refusal("rate_limited");
}
