import { sha256Hex } from "#platform/ids.ts";

/** What is stored of a customer's session: its hash, so that a stolen table cannot impersonate a checkout. */
export function sessionHash(session: string): string {
  return sha256Hex(session).slice(0, 40);
}
