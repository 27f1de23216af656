import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Visit } from "#commands/visits/count-visit.ts";
import { deviceOf } from "#contracts/metrics/steps.ts";
import { Refusal } from "#contracts/problem.ts";
import { env } from "#platform/env.ts";
import { isSubdomain } from "#queries/merchant/served-tenant.ts";
import { cookieName, issuedSession } from "#queries/sessions.ts";
import { addressFor } from "./proxies.ts";
import { parseStrictJson } from "./strict-json.ts";

export type HttpEnv = { Bindings: Partial<HttpBindings> };

const jsonBytesMax = 32 * 1024;
/**
 * A program sends its session as a header, a browser as an HttpOnly cookie. Who brings neither is a
 * browser if it says where the request comes from: browsers do so with every change.
 */
export function sessionOf(c: Context): { session: string | null; isBrowser?: true } {
  const header = c.req.header("x-checkout-session");
  if (header !== undefined) return { session: issuedSession("program", header) };
  const session = issuedSession("browser", getCookie(c, cookieName()));
  const isBrowser = session !== null || c.req.header("origin") !== undefined || c.req.header("sec-fetch-site") !== undefined;
  return isBrowser ? { session, isBrowser } : { session };
}

export function keepSession(c: Context, session: string): void {
  setCookie(c, cookieName(), session, {
    httpOnly: true,
    sameSite: "Lax",
    secure: env().APP_URL.startsWith("https:"),
    path: "/",
    maxAge: 7 * 86_400,
  });
}

/**
 * Our own page sets a cookie and says so: a browser that keeps none would hold a slot for nobody.
 * Refuses: cookies_refused.
 */
export function requireCookies(c: Context): void {
  const isProbed = c.req.header("x-cookie-probe") !== undefined;
  if (isProbed && getCookie(c, "cookie_probe") === undefined) throw new Refusal("cookies_refused");
}

const visitId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Returns null for whoever is not counted: without a visit's id, or a robot. */
export function visitOf(c: Context): Visit | null {
  const id = c.req.header("x-visit");
  if (id === undefined || !visitId.test(id)) return null;
  const device = deviceOf(c.req.header("user-agent"));
  return device && { id: id.toLowerCase(), device };
}

/** Returns the address that limits count. */
export function addressOf(c: Context<HttpEnv>): string | null {
  return addressFor(c.env?.incoming?.socket?.remoteAddress, c.req.header("x-forwarded-for"));
}

/** Refuses: unsupported_media_type, body_too_large, body_incomplete, malformed_json. */
export async function readJson(c: Context, bytesMax = jsonBytesMax): Promise<unknown> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/json\b/i.test(type)) throw new Refusal("unsupported_media_type");
  return parseStrictJson(await readBytes(c, bytesMax));
}

/**
 * Keeps at most the limit in memory and decompresses nothing. Refuses: body_too_large,
 * body_incomplete, unsupported_media_type.
 */
export async function readBytes(c: Context, bytesMax: number): Promise<Uint8Array> {
  if ((c.req.header("content-encoding") ?? "identity") !== "identity")
    throw new Refusal("unsupported_media_type", "The body must not be compressed.");
  if (Number(c.req.header("content-length") ?? 0) > bytesMax) throw new Refusal("body_too_large");
  // Behind our own server, reads the socket itself: a web stream costs more than the reading.
  const incoming = (c as Context<HttpEnv>).env?.incoming;
  const source: AsyncIterable<Uint8Array> | null = incoming ?? c.req.raw.body;
  const parts: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const part of source ?? []) {
      length += part.byteLength;
      if (length > bytesMax) throw new Refusal("body_too_large");
      parts.push(part);
    }
  } catch (error) {
    // Whoever sends went away. Its code, ECONNRESET, is also that of a database that does.
    throw error instanceof Refusal ? error : new Refusal("body_incomplete");
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts, length);
}

/** Browsers say where a request comes from. Programs send neither header. Refuses: cross_site. */
export function requireSameSite(c: Context): void {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const isForeign =
    site === "cross-site" ||
    (origin !== undefined && origin !== "null" && !isOwnOrigin(origin, c)) ||
    (origin === "null" && site !== "same-origin");
  if (isForeign) throw new Refusal("cross_site");
}

/** The Host header proves nothing, but a demo on this machine is opened under many names. */
function isOwnOrigin(origin: string, c: Context): boolean {
  const own = new URL(env().APP_URL);
  if (origin === own.origin) return true;
  // Merchants' pages: all hosts under our own name are this installation.
  const host = c.req.header("host") ?? "";
  if (origin === `${own.protocol}//${host}` && isSubdomain(host)) return true;
  const isAtHome = env().NODE_ENV !== "production" || loopbackNames.test(own.hostname);
  return isAtHome && URL.canParse(origin) && new URL(origin).host === host;
}

const loopbackNames = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Returns true if the request came through the proxy, not from a neighbour such as Prometheus. */
export function isFromOutside(c: Context): boolean {
  return env().TRUST_PROXY !== "off" && c.req.header("x-forwarded-for") !== undefined;
}
