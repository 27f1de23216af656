import type { Clock } from "./clock.ts";

export type Attempt = { at: string; status: number | null; answer: string; milliseconds: number };

/** A webhook of a simulated provider, on its way to the merchant. */
export type Outgoing = {
  id: string;
  /** Whose it is: the key of the merchant's account. */
  account: string;
  chargeId: string;
  reference: string;
  /** What it says, in the provider's word. */
  status: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  sentAt: string;
  attempts: Attempt[];
  state: "waiting" | "delivered" | "retrying" | "exhausted";
  nextAttemptAt: string | null;
};

export type DeliveryRules = {
  timeoutMs: number;
  /** Seconds after the first attempt. */
  retryAfterSeconds: readonly number[];
  /** Whether the answer counts as received. */
  isTaken(sent: Outgoing, answer: { status: number; body: string }): boolean;
  /** What a retry sends, if not the same bytes. */
  again?(sent: Outgoing): Pick<Outgoing, "body" | "headers">;
};

const answerBytesKept = 500;

/** Delivers once, and plans the next attempt if the answer does not count. Never throws. */
export async function deliver(clock: Clock, sent: Outgoing, rules: DeliveryRules): Promise<void> {
  sent.nextAttemptAt = null;
  if (sent.attempts.length > 0 && rules.again) Object.assign(sent, rules.again(sent));
  const { attempt, body } = await post(clock, sent, rules.timeoutMs);
  sent.attempts.push(attempt);
  if (attempt.status !== null && rules.isTaken(sent, { status: attempt.status, body })) {
    sent.state = "delivered";
    return;
  }
  const retrySeconds = rules.retryAfterSeconds[sent.attempts.length - 1];
  if (retrySeconds === undefined) {
    sent.state = "exhausted";
    return;
  }
  const dueMs = Date.parse(sent.attempts[0]?.at ?? attempt.at) + retrySeconds * 1000;
  sent.state = "retrying";
  sent.nextAttemptAt = new Date(dueMs).toISOString();
  clock.at(dueMs, () => deliver(clock, sent, rules));
}

/** Sends now, or when the virtual clock has passed so long. Resolves after the first answers. */
export async function deliverAfter(clock: Clock, sent: Outgoing[], waitMs: number, rules: DeliveryRules): Promise<void> {
  if (waitMs === 0) return void (await Promise.all(sent.map((each) => deliver(clock, each, rules))));
  const dueMs = clock.now() + waitMs;
  for (const each of sent) {
    each.nextAttemptAt = new Date(dueMs).toISOString();
    clock.at(dueMs, () => deliver(clock, each, rules));
  }
}

async function post(clock: Clock, sent: Outgoing, timeoutMs: number): Promise<{ attempt: Attempt; body: string }> {
  const at = new Date(clock.now()).toISOString();
  const startedMs = performance.now();
  const finished = (status: number | null, body: string) => {
    const milliseconds = Math.round(performance.now() - startedMs);
    return { attempt: { at, status, answer: body.slice(0, answerBytesKept), milliseconds }, body };
  };
  try {
    const response = await fetch(sent.url, {
      method: "POST",
      headers: sent.headers,
      body: sent.body,
      redirect: "manual",
      signal: AbortSignal.any([AbortSignal.timeout(timeoutMs), clock.stopped]),
    });
    return finished(response.status, await response.text());
  } catch (error) {
    return finished(null, error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error));
  }
}
