import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { Refusal } from "../contracts/problem.ts";
import { env } from "../platform/env.ts";

export type HttpEnv = { Bindings: Partial<HttpBindings> };

const jsonBytesMax = 32 * 1024;
const sessionCookie = "checkout_session";
const sessionShape = /^[A-Za-z0-9_-]{16,128}$/;

/** The customer's session: a header for programs, an HttpOnly cookie for browsers. */
export function sessionOf(c: Context): string | null {
  const given = c.req.header("x-checkout-session") ?? getCookie(c, sessionCookie);
  return given && sessionShape.test(given) ? given : null;
}

export function keepSession(c: Context, session: string): void {
  setCookie(c, sessionCookie, session, {
    httpOnly: true,
    sameSite: "Lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/",
    maxAge: 86_400,
  });
}

/** The customer's address: the peer's, or what the nearest proxy says when there is one. */
export function addressOf(c: Context<HttpEnv>): string | null {
  if (env().TRUST_PROXY === "on") {
    const forwarded = c.req.header("x-forwarded-for")?.split(",").at(-1)?.trim();
    if (forwarded) return forwarded;
  }
  return c.env?.incoming?.socket?.remoteAddress ?? null;
}

/** Refuses: unsupported_media_type, body_too_large, malformed_json. */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) throw new Refusal("unsupported_media_type");
  const text = new TextDecoder().decode(await readBytes(c, jsonBytesMax));
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Refusal("malformed_json");
  }
}

/** The exact bytes of the body, never more than the limit in memory. Refuses: body_too_large. */
export async function readBytes(c: Context, bytesMax: number): Promise<Uint8Array> {
  if (Number(c.req.header("content-length") ?? 0) > bytesMax) throw new Refusal("body_too_large");
  const reader = c.req.raw.body?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > bytesMax) {
      await reader.cancel();
      throw new Refusal("body_too_large");
    }
    parts.push(value);
  }
  return Buffer.concat(parts, length);
}

/** Browsers say where a request comes from; a change asked for by another site is refused. Programs send neither header. */
export const sameSiteOnly: MiddlewareHandler = async (c, next) => {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const isForeign =
    site === "cross-site" ||
    (origin !== undefined && origin !== "null" && !isOwnOrigin(origin, c)) ||
    (origin === "null" && site !== "same-origin");
  if (isForeign) throw new Refusal("cross_site");
  await next();
};

function isOwnOrigin(origin: string, c: Context): boolean {
  if (origin === new URL(env().APP_URL).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === c.req.header("host");
}

let changes: RateLimiterMemory | undefined;

/** 10 changes per 10 seconds and address (RATE_LIMIT_CHANGES). In memory: no database on the hot path. */
export const limitChanges: MiddlewareHandler<HttpEnv> = async (c, next) => {
  changes ??= new RateLimiterMemory({ points: env().RATE_LIMIT_CHANGES, duration: 10 });
  try {
    await changes.consume(addressOf(c) ?? "unknown");
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    c.header("retry-after", String(Math.ceil(refused.msBeforeNext / 1000)));
    throw new Refusal("rate_limited");
  }
  await next();
};
