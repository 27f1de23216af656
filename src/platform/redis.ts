import type { createClient } from "@redis/client";
import { env } from "./env.ts";
import { logger } from "./logger.ts";
import { metrics } from "./metrics.ts";

/** After a timeout, everybody is served without Redis until it answers again. */
const answerMsMax = 250;
const connectMsMax = 1000;
const tryAgainMs = 1000;

type Client = ReturnType<typeof createClient<Record<never, never>, Record<never, never>, Record<never, never>, 2>>;
type Multi = ReturnType<Client["multi"]>;

let client: Client | undefined;
let firstTry: Promise<void> | undefined;
let nextTry: NodeJS.Timeout | undefined;
let isAway = false;

/** Settles after the first try, whether it succeeds or not. Loads nothing without REDIS_URL. */
export function openRedis(): Promise<void> {
  if (env().REDIS_URL === undefined) return Promise.resolve();
  firstTry ??= tryToOpen();
  return firstTry;
}

export function closeRedis(): void {
  clearTimeout(nextTry);
  client?.destroy();
  firstTry = undefined;
  client = undefined;
}

/** The part of a client that rate-limiter-flexible uses. Every call answers in time or fails. */
export const redisStore = {
  get isReady(): boolean {
    return client !== undefined;
  },
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown> {
    return inTime((redis) => redis.eval(script, options));
  },
  multi(): Multi {
    if (!client) throw new Error("Redis is away");
    const multi = client.multi();
    const exec = multi.exec.bind(multi);
    return Object.assign(multi, { exec: (asPipeline?: boolean) => inTime(() => exec(asPipeline)) });
  },
};

async function inTime<T>(ask: (redis: Client) => Promise<T>): Promise<T> {
  const asked = client;
  if (!asked) throw new Error("Redis is away");
  try {
    return await answerOf(ask(asked));
  } catch (error) {
    // Another request may have given this client up already.
    if (client === asked) lose(error);
    throw error;
  }
}

async function answerOf<T>(asked: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  // After a pause of this process the answer may have arrived: it is read before the verdict.
  const timer = setTimeout(() => setImmediate(() => late.reject(new Error(`no answer within ${answerMsMax} ms`))), answerMsMax);
  try {
    return await Promise.race([asked, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function tryToOpen(): Promise<void> {
  try {
    const opened = await connected(env().REDIS_URL ?? "");
    if (!firstTry) return opened.destroy();
    client = opened;
    if (isAway) logger().info("Redis answers again: limits are shared");
    isAway = false;
    metrics().redisAway.set(0);
  } catch (error) {
    lose(error);
  }
}

/** The only place that connects: a connection that failed once is never used again. */
async function connected(url: string): Promise<Client> {
  const { createClient: create } = await import("@redis/client");
  const redis = create({
    url,
    // The oldest protocol and no extras, which every Redis speaks.
    RESP: 2,
    disableClientInfo: true,
    maintNotifications: "disabled",
    disableOfflineQueue: true,
    socket: { connectTimeout: connectMsMax, reconnectStrategy: false },
  });
  redis.on("error", (error: unknown) => {
    if (client === redis) lose(error);
  });
  try {
    await redis.connect();
    await answerOf(redis.eval(probe, { keys: ["konfirmado:probe"], arguments: ["60"] }));
    return redis;
  } catch (error) {
    redis.destroy();
    throw error;
  }
}

/** Limits are scripts that write, and a replica or a full Redis would refuse each of them. */
const probe = "return redis.call('set', KEYS[1], 1, 'EX', ARGV[1])";

function lose(error: unknown): void {
  client?.destroy();
  client = undefined;
  if (!isAway) logger().warn({ problem: problemOf(error) }, "Redis does not answer: each process counts its limits alone");
  isAway = true;
  metrics().redisAway.set(1);
  clearTimeout(nextTry);
  if (firstTry) nextTry = setTimeout(() => void tryToOpen(), tryAgainMs).unref();
}

/** Returns `ECONNREFUSED`, `WRONGPASS` or our own words. A message may repeat what was sent. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if ("code" in error && typeof error.code === "string") return error.code;
  return /^(?:[A-Z]{3,20}\b|no answer within \d+ ms)/.exec(error.message)?.[0] ?? error.name;
}
