import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { startWorld } from "./start.ts";

let world: Awaited<ReturnType<typeof startWorld>>;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.press("/reset"));

const key = { authorization: "Bearer daily_demo_key" };

async function call(method: string, path: string, body?: object, headers: Record<string, string> = key) {
  const response = await fetch(`${world.url}/daily/v1${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  return { status: response.status, body: await response.json() };
}

const room = { name: "bk-1", privacy: "private", properties: { exp: 4_000_000_000, max_participants: 200 } };

test("a room is created, read, changed and deleted", async () => {
  const created = await call("POST", "/rooms", room);
  expect(created.body).toMatchObject({
    name: "bk-1",
    privacy: "private",
    api_created: true,
    url: `${world.url}/daily/room/bk-1`,
    config: { exp: 4_000_000_000 },
  });
  expect(created.body.config).not.toHaveProperty("max_participants");
  await call("POST", "/rooms/bk-1", { properties: { exp: 4_000_000_001 } });
  expect((await call("GET", "/rooms/bk-1")).body.config.exp).toBe(4_000_000_001);
  expect((await call("GET", "/rooms")).body.total_count).toBe(1);
  expect((await call("DELETE", "/rooms/bk-1")).body).toEqual({ deleted: true, name: "bk-1" });
  expect((await call("GET", "/rooms/bk-1")).body).toEqual({ error: "not-found", info: "room bk-1 not found" });
});

test("of many creations at once with one name exactly one wins", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => call("POST", "/rooms", room)));
  expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  const refused = answers.find((answer) => answer.status === 400);
  expect(refused?.body).toEqual({ error: "invalid-request-error", info: "a room named bk-1 already exists" });
  expect((await world.read("/daily/state")).body.counts["bk-1"]).toMatchObject({ asked: 10, created: 1 });
});

test("the documented errors", async () => {
  expect((await call("GET", "/", undefined, {})).body.error).toBe("authorization-header-error");
  expect((await call("GET", "/", undefined, { authorization: "Bearer wrong" })).status).toBe(401);
  expect((await call("GET", "/")).body.domain_name).toBe("demo");
  expect((await call("POST", "/rooms", { name: "with space" })).body.error).toBe("invalid-request-error");
  expect((await call("POST", "/rooms", { properties: { exp: Date.now() } })).status).toBe(400);
});

test("an expired room is gone, and deleting it answers 404 with deleted", async () => {
  await call("POST", "/rooms", { name: "short", properties: { exp: Math.floor(Date.now() / 1000) + 60 } });
  await world.press("/clock/advance", { seconds: 61 });
  expect((await call("GET", "/rooms/short")).status).toBe(404);
  const deleted = await call("DELETE", "/rooms/short");
  expect([deleted.status, deleted.body.deleted]).toEqual([404, true]);
});

test("a failure after the effect leaves the room behind", async () => {
  await world.press("/daily/panel/knobs", { failAfterEffect: 1 });
  expect((await call("POST", "/rooms", room)).status).toBe(500);
  expect((await call("POST", "/rooms", room)).status).toBe(400);
  await world.press("/daily/panel/knobs", { failNext: 1, failStatus: 429 });
  expect((await call("GET", "/rooms")).body.error).toBe("rate-limit-error");
  expect((await call("GET", "/rooms")).status).toBe(200);
});

test("too many requests in a second are refused when the limit is on", async () => {
  await world.press("/daily/panel/knobs", { rateLimit: "on" });
  const answers = await Promise.all(Array.from({ length: 25 }, () => call("GET", "/")));
  expect(answers.filter((answer) => answer.status === 429).length).toBeGreaterThan(0);
});

test("a token opens its own room only, and a private room needs one", async () => {
  await call("POST", "/rooms", room);
  await call("POST", "/rooms", { name: "bk-2", privacy: "private" });
  const { token } = (await call("POST", "/meeting-tokens", { properties: { room_name: "bk-1", user_name: "Ana", is_owner: true } })).body;
  expect((await call("GET", `/meeting-tokens/${token}`)).body).toMatchObject({ room_name: "bk-1", is_owner: true });
  expect((await call("GET", `/meeting-tokens/${token}x`)).status).toBe(400);
  const visit = async (path: string) => (await fetch(`${world.url}/daily/room/${path}`)).text();
  expect(await visit(`bk-1?t=${token}`)).toContain("Puedes entrar");
  expect(await visit(`bk-2?t=${token}`)).toContain("de otra sala");
  expect(await visit("bk-1")).toContain("falta el pase");
});
