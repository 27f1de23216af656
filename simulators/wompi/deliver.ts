import type { Attempt, WompiEvent } from "./shapes.ts";
import type { WompiWorld } from "./world.ts";

const deliveryTimeoutMs = 10_000;
const answerBytesKept = 500;
/** Counted from the first attempt: https://docs.wompi.co/docs/colombia/eventos/ */
const retryAfterSeconds = [30 * 60, 3 * 3600, 24 * 3600];

/** Delivers once. Retries anything but 200 up to three times with the same bytes. Never throws. */
export async function deliver(world: WompiWorld, event: WompiEvent): Promise<void> {
  if (!world.events.has(event.id)) return;
  event.nextAttemptAt = null;
  const attempt = await post(world, event);
  event.attempts.push(attempt);
  if (attempt.status === 200) {
    event.state = "delivered";
    return;
  }
  const retrySeconds = retryAfterSeconds[event.attempts.length - 1];
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

async function post(world: WompiWorld, event: WompiEvent): Promise<Attempt> {
  const at = new Date(world.clock.now()).toISOString();
  const startedMs = performance.now();
  const finished = (status: number | null, answer: string): Attempt => {
    return { at, status, answer: answer.slice(0, answerBytesKept), milliseconds: Math.round(performance.now() - startedMs) };
  };
  try {
    const response = await fetch(event.url, {
      method: "POST",
      headers: { "User-Agent": "Faraday v0.15.4", "Content-Type": "application/json", "X-Event-Checksum": event.checksum },
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
