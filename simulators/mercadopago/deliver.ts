import type { Attempt, Notice } from "./shapes.ts";
import { isoOf, type MercadopagoWorld } from "./world.ts";

/** `X-Socket-Timeout` */
const deliveryTimeoutMs = 22_000;
const answerBytesKept = 500;
/**
 * Counted from the first attempt. Its documents have had several tables:
 * https://github.com/mercadopago/devsite-docs
 */
const retryAfterSeconds = [15 * 60, 30 * 60, 6 * 3600, 48 * 3600, 96 * 3600];

/** Delivers once. Retries anything but 200 and 201 with the same bytes. Never throws. */
export async function deliver(world: MercadopagoWorld, notice: Notice): Promise<void> {
  if (!world.notices.has(notice.id)) return;
  notice.nextAttemptAt = null;
  const attempt = await post(world, notice);
  notice.attempts.push(attempt);
  if (attempt.status === 200 || attempt.status === 201) {
    notice.state = "delivered";
    return;
  }
  const retrySeconds = retryAfterSeconds[notice.attempts.length - 1];
  const firstAt = notice.attempts[0]?.at ?? attempt.at;
  if (retrySeconds === undefined) {
    notice.state = "exhausted";
    return;
  }
  const dueMs = Date.parse(firstAt) + retrySeconds * 1000;
  notice.state = "retrying";
  notice.nextAttemptAt = isoOf(dueMs);
  world.clock.at(dueMs, () => deliver(world, notice));
}

async function post(world: MercadopagoWorld, notice: Notice): Promise<Attempt> {
  const at = isoOf(world.clock.now());
  const startedMs = performance.now();
  const finished = (status: number | null, answer: string): Attempt => {
    return { at, status, answer: answer.slice(0, answerBytesKept), milliseconds: Math.round(performance.now() - startedMs) };
  };
  try {
    const response = await fetch(notice.url, {
      method: "POST",
      headers: {
        "User-Agent": "restclient-node/4.14.3",
        "Content-Type": "application/json",
        "X-Retry": String(notice.attempts.length),
        "X-Socket-Timeout": String(deliveryTimeoutMs),
        "x-request-id": notice.requestId,
        ...(notice.signature && { "x-signature": notice.signature }),
      },
      body: notice.body,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(deliveryTimeoutMs), world.clock.stopped]),
    });
    return finished(response.status, await response.text());
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    return finished(null, cause);
  }
}
