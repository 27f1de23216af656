import { createConnection } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { resetEnv } from "#platform/env.ts";
import { type Front, raw, speak, startFront, statusOf } from "./front.ts";

const places = {
  NODE_ENV: "test",
  DATABASE_URL: "postgresql://nobody@127.0.0.1:1/nothing",
  APP_URL: "https://citas.example.com",
  ENCRYPTION_KEYS: `k1:${"ab".repeat(32)}`,
  APP_SECRET: "0".repeat(32),
  JWT_SECRET: "1".repeat(32),
  CRON_SECRET: "the-cron-secret-of-this-test",
  SMTP_URL: "smtp://127.0.0.1:1",
  TRUST_PROXY: "on",
};
function setEnvironment(changes: Record<string, string> = {}): void {
  Object.assign(process.env, places, changes);
  resetEnv();
}

let front: Front;
beforeAll(async () => {
  setEnvironment();
  front = await startFront();
});
afterAll(() => front.stop());

const ask = (path: string, init: RequestInit = {}) => fetch(front.url + path, { redirect: "manual", ...init });
const http = { "x-forwarded-proto": "http", "x-forwarded-for": "198.51.100.7" };
const code = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe("https behind a proxy", () => {
  test.each(["/book/demo/select?lang=fr", "/api/docs", "/"])("%s over http is sent to the same address over https", async (path) => {
    const answer = await ask(path, { headers: http });
    expect([answer.status, answer.headers.get("location")]).toEqual([308, `https://citas.example.com${path}`]);
  });

  test("the redirect never goes where the Host header says", async () => {
    const { answer } = await speak(
      front.port,
      raw("GET /book/demo HTTP/1.1", ["Host: evil.example", "X-Forwarded-Host: evil.example", "X-Forwarded-Proto: http"]),
    );
    expect(statusOf(answer)).toBe(308);
    expect(answer).not.toContain("evil.example");
  });

  test("a change over http is refused, for its content has already travelled in the clear", async () => {
    const answer = await ask("/api/holds", { method: "POST", headers: { ...http, "content-type": "application/json" }, body: "{}" });
    expect([answer.status, await code(answer)]).toEqual([403, "https_required"]);
  });

  test("only the proxy nearest to us is believed about how the customer came", async () => {
    expect((await ask("/book/demo", { headers: { "x-forwarded-proto": "https, http" } })).status).toBe(308);
    expect((await ask("/book/demo", { headers: { "x-forwarded-proto": "http, https" } })).status).toBe(200);
  });

  test("the balancer and providers are not redirected", async () => {
    expect((await ask("/healthz", { headers: http })).status).toBe(200);
    expect((await ask("/readyz", { headers: http })).status).toBe(503);
    const answer = await ask("/api/webhooks/nobody/x", { method: "POST", headers: http, body: "{}" });
    expect([answer.status, await code(answer)]).toEqual([404, "not_found"]);
  });

  test("HSTS is on pages and on the API, and only where APP_URL is https", async () => {
    for (const path of ["/book/demo", "/healthz", "/api/nothing"]) {
      expect((await ask(path)).headers.get("strict-transport-security")).toBe("max-age=31536000");
    }
    setEnvironment({ APP_URL: "http://localhost:3000" });
    expect((await ask("/book/demo", { headers: http })).status).toBe(200);
    expect((await ask("/healthz")).headers.get("strict-transport-security")).toBeNull();
    setEnvironment();
  });

  test("without a proxy nobody may say how they came", async () => {
    setEnvironment({ TRUST_PROXY: "off" });
    expect((await ask("/book/demo", { headers: http })).status).toBe(200);
    setEnvironment();
  });

  test("/metrics is for neighbours inside; through the proxy it needs the operator's secret", async () => {
    expect((await ask("/metrics", { headers: { "x-forwarded-for": "198.51.100.7" } })).status).toBe(401);
  });
});

describe("addresses, methods and hosts", () => {
  test.each([
    "//evil.example/%2e%2e",
    "//api/holds",
    "/api//holds",
    "/api/../metrics",
    "/api/%2e%2e/metrics",
    "/book/..%2f..%2fetc/passwd",
    "/book/demo%00/select",
    "/book\\demo",
    "/api/webhooks/../holds",
    "http://evil.example/api/holds",
    "*",
  ])("%s is nothing here", async (path) => {
    const { answer } = await speak(front.port, raw(`GET ${path} HTTP/1.1`));
    expect(statusOf(answer)).toBe(404);
    expect(answer).toContain('"code":"not_found"');
  });

  test.each(["TRACE", "PROPFIND", "LOCK", "SEARCH", "QUERY", "PURGE"])("%s is not a method of ours", async (method) => {
    for (const path of ["/api/holds", "/book/demo"]) {
      const { answer } = await speak(front.port, raw(`${method} ${path} HTTP/1.1`));
      expect(statusOf(answer)).toBe(405);
      expect(answer).not.toMatch(/x-secret/i);
    }
  });

  test("a page takes no DELETE, and an address of the API says what it takes", async () => {
    expect((await ask("/book/demo", { method: "DELETE" })).status).toBe(405);
    const answer = await ask("/api/holds", { method: "PUT" });
    expect([answer.status, answer.headers.get("allow"), await code(answer)]).toEqual([405, "POST", "method_not_allowed"]);
    expect((await ask("/api/nothing", { method: "PUT" })).status).toBe(404);
  });

  test.each([
    ["two lengths", ["Content-Length: 2", "Content-Length: 3"]],
    ["a length and chunks", ["Content-Length: 4", "Transfer-Encoding: chunked"]],
    ["chunks that are none", ["Transfer-Encoding: chunked, identity"]],
    ["a header that is folded", ["X-A: b\r\n c"]],
    ["no host", []],
  ])("%s: refused before anything reads it", async (name, headers) => {
    const host = name === "no host" ? [] : ["Host: citas.example.com"];
    const { answer } = await speak(front.port, raw("POST /api/holds HTTP/1.1", [...host, ...headers], "0\r\n\r\n"));
    expect(statusOf(answer)).toBe(400);
  });

  test("a host that is none is refused, and another host changes nothing", async () => {
    expect(statusOf((await speak(front.port, raw("GET /api/docs HTTP/1.1", ["Host: a b"]))).answer)).toBe(400);
    const { answer } = await speak(front.port, raw("GET /api/openapi.json HTTP/1.1", ["Host: evil.example"]));
    expect(statusOf(answer)).toBe(200);
    expect(answer).not.toContain("evil.example");
  });

  test("headers beyond 16 KiB are refused", async () => {
    const { answer } = await speak(front.port, raw("GET /healthz HTTP/1.1", ["Host: x", `X-Long: ${"a".repeat(20_000)}`]));
    expect(statusOf(answer)).toBe(431);
  });
});

describe("slow senders", () => {
  const limits = { headersMsMax: 200, requestMsMax: 400, idleMsMax: 10_000, checkEveryMs: 50 };
  let slow: Front;
  beforeAll(async () => {
    slow = await startFront({ limits });
  });
  afterAll(() => slow.stop());

  /** Keeps dribbling a byte at a time for as long as the server lets it. */
  function dribble(port: number, beginning: string): Promise<{ answer: string; ms: number }> {
    const startedAt = performance.now();
    const socket = createConnection({ host: "127.0.0.1", port });
    let answer = "";
    socket.write(beginning);
    const timer = setInterval(() => socket.write("a"), 20);
    return new Promise((resolve) => {
      socket.on("data", (chunk) => (answer += chunk.toString()));
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(timer);
        resolve({ answer, ms: performance.now() - startedAt });
      });
    });
  }

  test("headers that never end are ended", async () => {
    const ends = await Promise.all(Array.from({ length: 50 }, () => dribble(slow.port, "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: ")));
    for (const { answer, ms } of ends) {
      expect(statusOf(answer)).toBe(408);
      expect(ms).toBeLessThan(2000);
    }
  });

  test("bodies that never end are ended, and others are served meanwhile", async () => {
    const beginning = "POST /api/webhooks/wompi HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 20000\r\n\r\n{";
    const ends = Array.from({ length: 50 }, () => dribble(slow.port, beginning));
    expect((await fetch(`${slow.url}/healthz`)).status).toBe(200);
    for (const { ms } of await Promise.all(ends)) expect(ms).toBeLessThan(2000);
  });
});

describe("stopping", () => {
  test("a running request finishes, an event stream ends at once, and nobody new comes in", async () => {
    const gate = Promise.withResolvers<void>();
    let running = 0;
    const stopping = await startFront({
      answer: async (request) => {
        if (new URL(request.url).pathname.endsWith("/events"))
          return new Response(new ReadableStream({ start: (it) => it.enqueue(new TextEncoder().encode("data: 1\n\n")) }));
        running += 1;
        await gate.promise;
        return new Response("finished");
      },
    });
    const stream = await fetch(`${stopping.url}/api/bookings/x/events`);
    const streamEnd = stream.text().catch(() => "cut");
    const request = fetch(`${stopping.url}/api/slow`);
    await vi.waitFor(() => expect(running).toBe(1));
    let isStopped = false;
    const stopped = stopping.stop().then(() => {
      isStopped = true;
    });
    expect(await streamEnd).toBe("cut");
    await expect(fetch(`${stopping.url}/healthz`)).rejects.toThrow();
    expect(isStopped).toBe(false);
    gate.resolve();
    expect(await (await request).text()).toBe("finished");
    await stopped;
  });

  test("a connection that is idle when the stop begins may ask once more, and is told that it was the last time", async () => {
    const stopping = await startFront({ limits: { drainMs: 3000 } });
    const socket = createConnection({ host: "127.0.0.1", port: stopping.port });
    let answers = "";
    socket.on("data", (chunk) => {
      answers += chunk.toString();
    });
    const ended = new Promise((resolve) => socket.once("close", resolve));
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    await vi.waitFor(() => expect(answers).toContain('{"ok":true}'));
    answers = "";
    const stopped = stopping.stop();
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    await ended;
    expect(statusOf(answers)).toBe(200);
    expect(answers).toMatch(/^connection: close\r$/im);
    await stopped;
  });
});
