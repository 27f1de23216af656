import type { Context } from "hono";
import { keyFor, limiter } from "../limiters.ts";
import { keyOf, refuse } from "../limits.ts";
import type { HttpEnv } from "../requests.ts";

/**
 * The operation's limit counts the address first; this counts the account, whether there is one or
 * not, so that many addresses together have no more tries than one. Refuses: rate_limited.
 */
export async function countAttempt(c: Context<HttpEnv>, account: string): Promise<void> {
  await limiter("signInsOfAccount")
    .consume(keyFor(account))
    .catch((refused: unknown) => refuse(c, refused));
}

/** Whoever has got it right was no attempt: an office behind one address may sign in all day. */
export async function forgiveAttempt(c: Context<HttpEnv>, account: string): Promise<void> {
  await Promise.all([limiter("signInsOfAccount").delete(keyFor(account)), limiter("signIns").reward(keyOf(c))]);
}

/**
 * Before each mail to an address that somebody types, whoever they are, so that no mailbox is
 * filled through us. Refuses: rate_limited.
 */
export async function countMail(c: Context<HttpEnv>, email: string): Promise<void> {
  await limiter("mailsOfAccount")
    .consume(keyFor(email.toLowerCase()))
    .catch((refused: unknown) => refuse(c, refused));
}
