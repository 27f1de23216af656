import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");

/** The packages beyond our own code that a whole process has loaded once it has started what it may start. */
function loadedWith(settings: Record<string, string>): string[] {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({ load(url, context, next) {
      const name = /node_modules\\/((?:@[^/]+\\/)?[^/]+)/.exec(url)?.[1];
      if (name) loaded.add(name);
      return next(url, context);
    } });
    await import("./src/http/app.ts");
    await import("./src/jobs/run-worker.ts");
    await (await import("./src/platform/tracing/spans.ts")).startTracing();
    await (await import("./src/platform/redis.ts")).openRedis();
    console.log(JSON.stringify([...loaded]));
    process.exit(0);`;
  const environment = {
    PATH: process.env["PATH"] ?? "",
    DATABASE_URL: "postgres://nobody@127.0.0.1:9/nothing",
    ENCRYPTION_KEYS: `k1:${"ab".repeat(32)}`,
    APP_SECRET: "an-app-secret-of-at-least-32-characters",
    JWT_SECRET: "a-jwt-secret-of-at-least-32-characters",
    CRON_SECRET: "a-cron-secret-of-16",
    SMTP_URL: "smtp://127.0.0.1:9",
    LOG_LEVEL: "silent",
    ...settings,
  };
  const args = ["--import", "./scripts/jsx-hook.mjs", "--input-type=module", "-e", program];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, env: { ...environment, NODE_ENV: "production" } });
  if (String(stdout) === "") throw new Error(String(stderr));
  const names = JSON.parse(String(stdout).trim().split("\n").at(-1) ?? "") as string[];
  return names.filter((name) => /^@redis|^@opentelemetry\/(?!api$)/.test(name)).sort();
}

test("neither Redis' client nor a tracer is loaded where nobody asks for them", { timeout: 60_000 }, () => {
  expect(loadedWith({})).toEqual([]);
  // Seen when they are loaded: the look itself is no proof of anything.
  const asked = loadedWith({ REDIS_URL: "redis://127.0.0.1:9", OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" });
  expect(asked).toEqual(expect.arrayContaining(["@redis/client", "@opentelemetry/sdk-trace"]));
});
