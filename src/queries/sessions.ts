import { env } from "#platform/env.ts";
import { isSameText, keyedHash, newToken } from "#platform/ids.ts";

/**
 * Browsers and programs live apart: the seal names the world, so the text of one is nothing in the
 * other.
 */
export type SessionWorld = "browser" | "program";

const shape = /^[A-Za-z0-9_-]{22,32}[A-Za-z0-9_-]{22}$/;
const sealLength = 22;

/** Its end is a seal that only this installation can make. The same seed gives the same session. */
export function newSession(world: SessionWorld, seed?: string): string {
  const text = seed === undefined ? newToken() : keyedHash(env().APP_SECRET, `session of ${world}: ${seed}`);
  return text + sealOf(world, text);
}

/**
 * What a browser has once it has booked this hold. With the request's key, a repeat leads to the
 * same session, so that a lost answer loses nothing; the old session alone leads to none.
 */
export function renewedSession(from: { session: string; holdId: string; key: string | null }): string {
  return from.key === null ? newSession("browser") : newSession("browser", `${from.session} ${from.holdId} ${from.key}`);
}

/** Returns null for a session that was not issued here, or not for this world. Looks nothing up. */
export function issuedSession(world: SessionWorld, given: string | undefined): string | null {
  if (!given || !shape.test(given)) return null;
  const text = given.slice(0, -sealLength);
  return isSameText(given, text + sealOf(world, text)) ? given : null;
}

function sealOf(world: SessionWorld, text: string): string {
  return keyedHash(env().APP_SECRET, `seal of ${world}: ${text}`);
}

/** `__Host-` binds it to this host: no subdomain and no plain http can plant one (RFC 6265bis). */
export function cookieName(): string {
  return env().APP_URL.startsWith("https:") ? "__Host-checkout_session" : "checkout_session";
}
