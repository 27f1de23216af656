import { afterEach, expect, test, vi } from "vitest";
import { directDatabaseUrl, EnvProblem, parseEnv, resetEnv } from "#platform/env.ts";

const complete = {
  DATABASE_URL: "postgres://konfirmado:database-password@db.example/konfirmado",
  ENCRYPTION_KEYS: `k1:${"ab".repeat(32)}`,
  APP_SECRET: "an-app-secret-of-at-least-32-characters",
  JWT_SECRET: "a-jwt-secret-of-at-least-32-characters",
  CRON_SECRET: "a-cron-secret-of-16",
  SMTP_URL: "smtps://mailer:mail-password@mail.example",
};

function problemOf(source: Record<string, string | undefined>): EnvProblem {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvProblem) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

test("six values are enough; the rest has defaults", () => {
  expect(parseEnv(complete)).toMatchObject({
    ...complete,
    DATABASE_BATCHES: "together",
    NODE_ENV: "development",
    PORT: 3000,
    WORKER: "on",
    TRUST_PROXY: "off",
    RATE_LIMIT_CHANGES: 10,
  });
});

test.each(Object.keys(complete))("without %s there is one sentence, that it is missing; an empty value is a missing one", (name) => {
  expect(problemOf({ ...complete, [name]: undefined }).sentences).toEqual([`${name} is missing.`]);
  expect(problemOf({ ...complete, [name]: "" }).sentences).toEqual([`${name} is missing.`]);
});

test.each([
  ["DATABASE_URL", "mysql://root:wrong-password@db/x"],
  ["DATABASE_URL", "wrong-password"],
  ["DATABASE_APP_URL", "mysql://konfirmado_app:wrong-password@pooler/x"],
  ["DATABASE_SYSTEM_URL", "wrong-password"],
  ["DATABASE_AUTH_URL", "wrong-password"],
  ["DATABASE_DIRECT_URL", "http://:wrong-password@db/x"],
  ["DATABASE_BATCHES", "one-by-one"],
  ["DATABASE_POOL_MAX", "1"],
  ["DATABASE_POOL_MAX", "many"],
  ["PORT", "65536"],
  ["PORT", "3000.5"],
  ["APP_URL", "ftp://example.com"],
  ["APP_URL", "not an address"],
  ["ENCRYPTION_KEYS", `k1:${"wrong-password".repeat(5)}`],
  ["ENCRYPTION_KEYS", `k1:${"ab".repeat(31)}`],
  ["ENCRYPTION_KEYS", `k1:${"ab".repeat(32)};k2:${"ab".repeat(32)}`],
  ["APP_SECRET", "wrong-password"],
  ["JWT_SECRET", "wrong-password"],
  ["CRON_SECRET", "wrong-pass"],
  ["WORKER", "wrong-password"],
  ["TRUST_PROXY", "yes"],
  ["SMTP_URL", "https://mailer:wrong-password@mail.example"],
  ["REDIS_URL", "http://:wrong-password@cache.example"],
  ["REDIS_URL", "redis://:wrong-password@cache.example/first"],
  ["REDIS_URL", "cache.example:6379"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "collector.example:4318"],
  ["OTEL_TRACES_SAMPLER", "sometimes"],
  ["OTEL_TRACES_SAMPLER_ARG", "2"],
  ["LOG_LEVEL", "loud"],
  ["NODE_ENV", "staging"],
])("%s = %j is told in one sentence that names it and never repeats the value", (name, value) => {
  const problem = problemOf({ ...complete, [name]: value });
  expect(problem.sentences).toHaveLength(1);
  expect(problem.message).toContain(`${name} is not usable: `);
  expect(problem.message).not.toMatch(/wrong-pass|abab|database-password|mail-password|an-app-secret|a-cron-secret/);
});

test("all that is wrong is told at once", () => {
  expect(problemOf({ ...complete, APP_SECRET: "short", SMTP_URL: undefined, PORT: "0" }).sentences).toHaveLength(3);
});

test("two keys may live at once", () => {
  const rotated = `k2:${"cd".repeat(32)},k1:${"ab".repeat(32)}`;
  expect(parseEnv({ ...complete, ENCRYPTION_KEYS: rotated }).ENCRYPTION_KEYS).toBe(rotated);
});

afterEach(() => {
  vi.unstubAllEnvs();
  resetEnv();
});

test("listeners, worker and queue go past the pooler when there is a way, else where everybody goes", () => {
  for (const [name, value] of Object.entries(complete)) vi.stubEnv(name, value);
  vi.stubEnv("DATABASE_DIRECT_URL", "");
  resetEnv();
  expect(directDatabaseUrl()).toBe(complete.DATABASE_URL);
  vi.stubEnv("DATABASE_DIRECT_URL", "postgres://konfirmado@primary/konfirmado");
  resetEnv();
  expect(directDatabaseUrl()).toBe("postgres://konfirmado@primary/konfirmado");
});
