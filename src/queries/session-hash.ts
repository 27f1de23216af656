import { sha256Hex } from "#platform/ids.ts";

/** The stored form of a session: a hash, so that a stolen table cannot impersonate a customer. */
export function sessionHash(session: string): string {
  return sha256Hex(session).slice(0, 40);
}
