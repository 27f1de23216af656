import { createHmac } from "node:crypto";
import type { Attempt, StripeEvent } from "./shapes.ts";
import { isLive, type StripeWorld } from "./world.ts";

const deliveryTimeoutMs = 10_000;
const answerBytesKept = 500;
/** Counted from the first attempt, up to three days: https://docs.stripe.com/webhooks#retries */
const liveRetrySeconds = [300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600, 36 * 3600, 48 * 3600, 60 * 3600, 72 * 3600];
/** In a sandbox three times within a few hours. */
const testRetrySeconds = [600, 3600, 3 * 3600];

/** Delivers once. Any 2xx is enough; a redirect is a failure. Never throws. */
export async function deliver(world: StripeWorld, event: StripeEvent): Promise<void> {
  if (!world.events.has(event.id)) return;
  event.nextAttemptAt = null;
  const attempt = await post(world, event);
  event.attempts.push(attempt);
  if (attempt.status !== null && attempt.status >= 200 && attempt.status < 300) {
    event.state = "delivered";
    return;
  }
  const account = world.accounts.get(event.accountId);
  const ladder = account && isLive(account) ? liveRetrySeconds : testRetrySeconds;
  const retrySeconds = ladder[event.attempts.length - 1];
  const firstAt = event.attempts[0]?.at ?? attempt.at;
  if (retrySeconds === undefined) {
    event.state = "exhausted";
    return;
  }
  const dueMs = Date.parse(firstAt) + retrySeconds * 1000;
  event.state = "retrying";
  event.nextAttemptAt = new Date(dueMs).toISOString();
  world.clock.at(dueMs, () => deliver(world, event));
}

async function post(world: StripeWorld, event: StripeEvent): Promise<Attempt> {
  const at = new Date(world.clock.now()).toISOString();
  const startedMs = performance.now();
  const signature = signatureOf(event, Math.floor(world.clock.now() / 1000));
  const finished = (status: number | null, answer: string): Attempt => {
    return { at, status, answer: answer.slice(0, answerBytesKept), milliseconds: Math.round(performance.now() - startedMs), signature };
  };
  try {
    const response = await fetch(event.url, {
      method: "POST",
      headers: {
        "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        "Content-Type": "application/json; charset=utf-8",
        "Stripe-Signature": signature,
      },
      body: event.body,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(deliveryTimeoutMs), world.clock.stopped]),
    });
    return finished(response.status, await response.text());
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return finished(null, cause);
  }
}

/** Every attempt is signed anew. https://docs.stripe.com/webhooks#verify-manually */
function signatureOf({ secrets, body, signature }: StripeEvent, timestamp: number): string {
  const keys = signature === "right" ? secrets : secrets.map((secret) => `${secret} of somebody else`);
  return `t=${timestamp},${keys.map((key) => `v1=${sign(key, timestamp, body)}`).join(",")},v0=${sign("v0", timestamp, body)}`;
}

/** The key is the whole secret, `whsec_` and all. */
export const sign = (secret: string, timestamp: number, body: string): string =>
  createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
