import { type Context, Hono } from "hono";
import { z } from "zod";
import { countsOf, createRoom, type DailyWorld, isExpired, roomShape } from "./rooms.ts";
import { createToken, readToken } from "./tokens.ts";

const seconds = z.number().int().min(0).max(99_999_999_999, "must be unix seconds, not milliseconds");
const properties = z.looseObject({ nbf: seconds.optional(), exp: seconds.optional() });
const roomSchema = z.object({
  name: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/, "name may only contain A-Z, a-z, 0-9, - and _")
    .optional(),
  privacy: z.enum(["public", "private"]).optional(),
  properties: properties.optional(),
});
const tokenSchema = z.object({
  properties: properties.extend({ room_name: z.string().optional(), user_id: z.string().max(36).optional() }),
});

const callsPerSecondMax = 20;

type Failure = { error: string; info: string };
const fail = (c: Context, status: 400 | 401 | 404 | 429 | 500 | 503, error: string, info: string) =>
  c.json<Failure>({ error, info }, status);

/** https://docs.daily.co/reference/rest-api */
export function dailyApi(world: DailyWorld): Hono {
  const api = new Hono();
  api.use((c, next) => guard(world, c, next));

  api.get("/", (c) => c.json({ domain_name: world.domain, config: {} }));

  api.post("/rooms", async (c) => {
    const wish = roomSchema.safeParse(await c.req.json().catch(() => undefined));
    if (!wish.success) return invalid(c, wish.error);
    const room = createRoom(world, wish.data);
    if (!room) return fail(c, 400, "invalid-request-error", `a room named ${wish.data.name} already exists`);
    if (world.knobs.failAfterEffect > 0) {
      world.knobs.failAfterEffect -= 1;
      return fail(c, 500, "server-error", "simulated failure after the room was created");
    }
    return c.json(roomShape(world, room));
  });

  api.get("/rooms", (c) => {
    const limit = Math.min(Math.max(Number(c.req.query("limit")) || 100, 1), 100);
    const all = [...world.rooms.values()].toReversed();
    const after = c.req.query("starting_after");
    const start = after ? all.findIndex((room) => room.id === after) + 1 : 0;
    return c.json({ total_count: all.length, data: all.slice(start, start + limit).map((room) => roomShape(world, room)) });
  });

  api.get("/rooms/:name", (c) => {
    const room = world.rooms.get(c.req.param("name"));
    return room && !isExpired(world, room) ? c.json(roomShape(world, room)) : roomNotFound(c);
  });

  api.post("/rooms/:name", async (c) => {
    const room = world.rooms.get(c.req.param("name"));
    if (!room) return roomNotFound(c);
    const wish = roomSchema.omit({ name: true }).safeParse(await c.req.json().catch(() => undefined));
    if (!wish.success) return invalid(c, wish.error);
    room.privacy = wish.data.privacy ?? room.privacy;
    room.properties = { ...room.properties, ...wish.data.properties };
    countsOf(world, room.name).updated += 1;
    return c.json(roomShape(world, room));
  });

  api.delete("/rooms/:name", (c) => {
    const name = c.req.param("name");
    const room = world.rooms.get(name);
    if (!room) return roomNotFound(c);
    world.rooms.delete(name);
    countsOf(world, name).deleted += 1;
    if (!isExpired(world, room)) return c.json({ deleted: true, name });
    return c.json({ deleted: true, error: "not-found", info: `room ${name} not found` }, 404);
  });

  api.get("/meetings", (c) => c.json({ total_count: 0, data: [] }));

  api.post("/meeting-tokens", async (c) => {
    const wish = tokenSchema.safeParse(await c.req.json().catch(() => undefined));
    return wish.success ? c.json({ token: createToken(world, wish.data.properties) }) : invalid(c, wish.error);
  });

  api.get("/meeting-tokens/:token", (c) => {
    const claims = readToken(world, c.req.param("token"));
    return claims ? c.json(claims) : fail(c, 400, "invalid-request-error", "invalid token");
  });

  api.all("*", (c) => fail(c, 404, "not-found", "no such endpoint"));
  return api;
}

/** Applies key, delay, rate limit and failures before anything takes effect. */
async function guard(world: DailyWorld, c: Context, next: () => Promise<void>) {
  const { knobs } = world;
  const header = c.req.header("authorization");
  if (!header) return fail(c, 400, "authorization-header-error", "the authorization header is missing");
  if (header !== `Bearer ${world.apiKey}`) return fail(c, 401, "authentication-error", "the API key is not valid");
  if (knobs.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, knobs.delayMs));
  if (knobs.rateLimit === "on" && isTooFast(world)) return fail(c, 429, "rate-limit-error", "too many requests");
  if (knobs.failNext > 0) {
    knobs.failNext -= 1;
    const isRate = knobs.failStatus === 429;
    return c.json(
      { error: isRate ? "rate-limit-error" : "server-error", info: "simulated failure" },
      isRate ? 429 : knobs.failStatus === 503 ? 503 : 500,
    );
  }
  return next();
}

function isTooFast(world: DailyWorld): boolean {
  const now = Date.now();
  world.recentCallsMs = world.recentCallsMs.filter((at) => at > now - 1000);
  world.recentCallsMs.push(now);
  return world.recentCallsMs.length > callsPerSecondMax;
}

const roomNotFound = (c: Context) => fail(c, 404, "not-found", `room ${c.req.param("name")} not found`);

function invalid(c: Context, error: z.ZodError) {
  const issue = error.issues[0];
  if (issue?.path.length === 0) return fail(c, 400, "json-parsing-error", "the body is not a JSON object");
  return fail(c, 400, "invalid-request-error", `${issue?.path.join(".")}: ${issue?.message}`);
}
