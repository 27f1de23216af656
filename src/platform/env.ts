import { BlockList, isIP } from "node:net";
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65535);
const database = z.url({ protocol: /^postgres(ql)?$/ });
const address = z.url({ protocol: /^https?$/ });
const onOff = z.enum(["on", "off"]);
const redisAddress = z
  .string()
  .refine(isRedisAddress, "must look like redis://[user:password@]host[:port][/number], with rediss:// for TLS");
const proxies = z
  .string()
  .refine(
    (text) => /^(off|on|[1-9]|1[0-6])$/.test(text) || proxyNetworks(text) !== null,
    "must be off, on, a number of proxies from 1 to 16, or a list of networks like 10.0.0.0/8,fd00::/8",
  );
/** https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/ */
const sampler = z.enum([
  "always_on",
  "always_off",
  "traceidratio",
  "parentbased_always_on",
  "parentbased_always_off",
  "parentbased_traceidratio",
]);
/** `k2:<64 hex>,k1:<64 hex>`: the first key encrypts, every key decrypts. */
const encryptionKeys = z
  .string()
  .regex(/^[a-z0-9]+:[0-9a-f]{64}(,[a-z0-9]+:[0-9a-f]{64})*$/, "must look like k1:<64 hex digits>[,k0:<64 hex digits>]");

/** The example's key and others that are no secret. */
const exampleKey = /:(.)\1{63}(,|$)/;

const envShape = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  DATABASE_URL: database,
  DATABASE_APP_URL: database.optional(),
  DATABASE_SYSTEM_URL: database.optional(),
  DATABASE_AUTH_URL: database.optional(),
  DATABASE_DIRECT_URL: database.optional(),
  DATABASE_BATCHES: z.enum(["together", "per-tenant"]).default("together"),
  DATABASE_POOL_MAX: z.coerce.number().int().min(2).max(200).default(16),
  PORT: port.default(3000),
  HOST: z.string().default("0.0.0.0"),
  APP_URL: address.default("http://localhost:3000"),
  ENCRYPTION_KEYS: encryptionKeys,
  APP_SECRET: z.string().min(32, "must have at least 32 characters"),
  JWT_SECRET: z.string().min(32, "must have at least 32 characters"),
  CRON_SECRET: z.string().min(16, "must have at least 16 characters"),
  PAGES: onOff.default("on"),
  WORKER: onOff.default("on"),
  CLEANUP_UNPAID: onOff.default("on"),
  WORKER_PORT: port.optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(8),
  TRUST_PROXY: proxies.default("off"),
  RATE_LIMIT_CHANGES: z.coerce.number().int().min(1).default(10),
  HOLDS_PER_ADDRESS: z.coerce.number().int().min(1).default(20),
  REDIS_URL: redisAddress.optional(),
  DATA_DIR: z.string().default(".data"),
  S3_ENDPOINT: address.optional(),
  S3_BUCKET: z.string().optional(),
  S3_REGION: z.string().default("auto"),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  ALLOW_PRIVATE_CALLBACKS: z.string().default(""),
  SIMULATORS_URL: address.optional(),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }),
  MAIL_FROM: z.string().default("Konfirmado <no-reply@konfirmado.localhost>"),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
  OTEL_EXPORTER_OTLP_ENDPOINT: address.optional(),
  OTEL_TRACES_SAMPLER: sampler.default("parentbased_always_on"),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1),
  OTEL_BSP_SCHEDULE_DELAY: z.coerce.number().int().min(1).default(5000),
});

const bucketNames = ["S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const;
/** A store that is half described would be the disk, silently. */
const isWholeBucket = (given: Env): boolean => [0, bucketNames.length].includes(bucketNames.filter((name) => given[name]).length);
const wholeShape = envShape.refine(isWholeBucket, {
  path: ["S3_BUCKET"],
  message: `needs ${bucketNames.join(", ")} together`,
});

const productionShape = wholeShape.refine((given) => !exampleKey.test(given.ENCRYPTION_KEYS), {
  path: ["ENCRYPTION_KEYS"],
  message: "is the example's, which everybody knows; make one with `openssl rand -hex 32`",
});

export type Env = z.infer<typeof envShape>;

/** Throws EnvProblem with one sentence per wrong value, and never the value of a secret. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = (given["NODE_ENV"] === "production" ? productionShape : wholeShape).safeParse(given);
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return given[name] === undefined ? `${name} is missing.` : `${name} is not usable: ${issue.message}.`;
  });
  throw new EnvProblem(sentences);
}

/** Reads an address whose variable only its reader knows (a provider's). Throws EnvProblem. */
export function addressFromEnvironment(name: string, source: Record<string, string | undefined> = process.env): string | undefined {
  const problems = addressProblems(name, source);
  if (problems.length > 0) throw new EnvProblem(problems);
  return source[name] || undefined;
}

export function addressProblems(name: string, source: Record<string, string | undefined> = process.env): string[] {
  const issues = source[name] ? (address.safeParse(source[name]).error?.issues ?? []) : [];
  return issues.map((issue) => `${name} is not usable: ${issue.message}.`);
}

function isRedisAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^rediss?:$/.test(url.protocol) && url.hostname !== "" && /^\/?\d*$/.test(url.pathname);
}

/** Returns the networks of our own proxies in TRUST_PROXY, or null if one is not written right. */
export function proxyNetworks(text: string): BlockList | null {
  const networks = new BlockList();
  for (const entry of text.split(",")) {
    const { address = "", bits } = /^(?<address>[^/]+)(\/(?<bits>[1-9]\d{0,2}))?$/.exec(entry.trim())?.groups ?? {};
    const bitsMax = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
    const length = Number(bits ?? bitsMax);
    if (length < 1 || length > bitsMax) return null;
    networks.addSubnet(address, length, bitsMax === 32 ? "ipv4" : "ipv6");
  }
  return networks;
}

export class EnvProblem extends Error {
  readonly sentences: string[];
  constructor(sentences: string[]) {
    super(`The environment is not complete. ${sentences.join(" ")} .env.example describes every variable.`);
    this.name = "EnvProblem";
    this.sentences = sentences;
  }
}

let parsedOnce: Env | undefined;

export function env(): Env {
  parsedOnce ??= parseEnv(process.env);
  return parsedOnce;
}

/** For listeners, the worker's locks and the queue: a transaction pooler passes none of them. */
export function directDatabaseUrl(): string {
  return env().DATABASE_DIRECT_URL ?? env().DATABASE_URL;
}

/** Tests only: the environment is read again. */
export function resetEnv(): void {
  parsedOnce = undefined;
}
