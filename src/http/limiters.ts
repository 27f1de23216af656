import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import { rates } from "#contracts/operations/limits.ts";
import { env } from "#platform/env.ts";
import { keyedHash } from "#platform/ids.ts";
import { openRedis, redisStore } from "#platform/redis.ts";

/**
 * The contract's rates and those of this room alone. Counted in memory, or with REDIS_URL by all
 * processes together; while Redis is away, in memory again.
 */
const perChange = {
  ...rates,
  /** A merchant with a wrong secret must not lock out its provider's known address. */
  forgeriesOfKnown: { times: 300, seconds: 60 },
  /** Of one account, from all addresses together. */
  signInsOfAccount: rates.signIns,
  mailsOfAccount: rates.accountMails,
  /** A mark rather than a limit: the address has delivered a genuine event. */
  known: { times: 1, seconds: 24 * 3600 },
} as const;

export type LimitName = keyof typeof perChange;
export const knownSeconds = perChange.known.seconds;

const limiters = new Map<LimitName, RateLimiterAbstract>();

export function limiter(name: LimitName): RateLimiterAbstract {
  let found = limiters.get(name);
  if (!found) {
    found = createLimiter(name);
    limiters.set(name, found);
  }
  return found;
}

export const isShared = (): boolean => env().REDIS_URL !== undefined;

/** An address never leaves this process in the clear. */
export const keyFor = (address: string): string => (isShared() ? keyedHash(env().APP_SECRET, address) : address);

function createLimiter(name: LimitName): RateLimiterAbstract {
  const { times, seconds } = perChange[name];
  const points = Math.ceil(times * env().RATE_LIMIT_CHANGES);
  const settings = { keyPrefix: `konfirmado:${name}`, points, duration: seconds };
  const inMemory = new RateLimiterMemory(settings);
  if (!isShared()) return inMemory;
  void openRedis();
  return new RateLimiterRedis({
    ...settings,
    storeClient: redisStore,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
    insuranceLimiter: inMemory,
    // Refuses a flood without asking Redis again.
    inMemoryBlockOnConsumed: points + 1,
  });
}
