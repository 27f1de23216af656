import type { Reply } from "./resp.ts";

type Entry = { value: string; endsAt: number | null };
/** Times are of `performance.now()`, a clock that nobody sets. */
export type Keyspace = Map<string, Entry>;

/** The exact script of rate-limiter-flexible 11.4.0 (lib/RateLimiterRedis.js), and its effect. */
const countUp =
  "redis.call('set', KEYS[1], 0, 'EX', ARGV[2], 'NX') local consumed = redis.call('incrby', KEYS[1], ARGV[1]) local ttl = redis.call('pttl', KEYS[1]) if ttl == -1 then   redis.call('expire', KEYS[1], ARGV[2])   ttl = 1000 * ARGV[2] end return {consumed, ttl} ";
/** The product asks with it whether scripts may write. */
const probe = "return redis.call('set', KEYS[1], 1, 'EX', ARGV[1])";

const scripts: Record<string, (keys: Keyspace, key: string, args: string[]) => Reply> = {
  [countUp]: (keys, key, [points = "", seconds = ""]) => {
    const found = alive(keys, key) ?? { value: "0", endsAt: performance.now() + 1000 * Number(seconds) };
    found.value = String(Number(found.value) + Number(points));
    found.endsAt ??= performance.now() + 1000 * Number(seconds);
    keys.set(key, found);
    return [Number(found.value), left(found)];
  },
  [probe]: (keys, key, [seconds = ""]) => set(keys, key, ["1", "EX", seconds]),
};

/** Refuses any other command, so that a library that asks differently tomorrow is noticed today. */
export function answer(keys: Keyspace, [command = "", ...args]: string[]): Reply {
  const [key = "", ...rest] = args;
  switch (command.toUpperCase()) {
    case "GET":
      return alive(keys, key)?.value ?? null;
    case "PTTL": {
      const found = alive(keys, key);
      return found ? left(found) : -2;
    }
    case "SET":
      return set(keys, key, rest);
    case "EVAL":
      return run(keys, args);
    default:
      return { error: `ERR the stand-in does not know the command '${command.slice(0, 40)}'` };
  }
}

function run(keys: Keyspace, [script = "", keyCount = "", key = "", ...args]: string[]): Reply {
  const known = scripts[script];
  if (!known || keyCount !== "1") return { error: "ERR the stand-in does not know this script" };
  return known(keys, key, args);
}

function set(keys: Keyspace, key: string, [value = "", unit = "", seconds = "", ...rest]: string[]): Reply {
  if (unit.toUpperCase() !== "EX" || !/^[1-9]\d*$/.test(seconds) || rest.length > 0)
    return { error: "ERR the stand-in only knows SET key value EX seconds" };
  keys.set(key, { value, endsAt: performance.now() + 1000 * Number(seconds) });
  return { ok: "OK" };
}

function alive(keys: Keyspace, key: string): Entry | undefined {
  const found = keys.get(key);
  if (found?.endsAt == null || found.endsAt > performance.now()) return found;
  keys.delete(key);
  return undefined;
}

const left = ({ endsAt }: Entry): number => (endsAt === null ? -1 : Math.max(0, Math.round(endsAt - performance.now())));
