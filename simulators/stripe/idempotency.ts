import { createHash } from "node:crypto";
import { StripeRefusal } from "./errors.ts";
import type { KeptAnswer } from "./shapes.ts";
import { rememberedMax, type StripeWorld } from "./world.ts";

type Asked = { accountId: string; key: string; path: string; body: string };
export type Answer = { status: number; body: object; isReplayed: boolean };

const keptMs = 24 * 3_600_000;

/**
 * The first executed answer under a key is given again for a day, whatever it was. The same key
 * with other parameters, or while the first is at work, is an error of its own.
 */
export async function once(world: StripeWorld, asked: Asked, execute: () => Promise<{ status: number; body: object }>): Promise<Answer> {
  if (asked.key === "") return { ...(await execute()), isReplayed: false };
  const name = `${asked.accountId} ${asked.key}`;
  const fingerprint = createHash("sha256").update(`${asked.path}\n${asked.body}`).digest("hex");
  const known = world.answers.get(name);
  if (known && world.clock.now() - known.at < keptMs) {
    if (known.fingerprint !== fingerprint) throw otherParameters(asked.key);
    if (!known.answer) throw atWork(asked.key);
    return { ...known.answer, isReplayed: true };
  }
  const kept: KeptAnswer = { fingerprint, at: world.clock.now(), answer: null };
  keep(world, name, kept);
  try {
    kept.answer = await execute();
    return { ...kept.answer, isReplayed: false };
  } catch (error) {
    // What the validation refuses is not kept.
    if (!(error instanceof StripeRefusal && error.isExecuted)) world.answers.delete(name);
    else kept.answer = { status: error.status, body: error.body };
    throw error;
  }
}

function keep(world: StripeWorld, name: string, answer: KeptAnswer): void {
  world.answers.set(name, answer);
  const oldest = world.answers.size > rememberedMax ? world.answers.keys().next().value : undefined;
  if (oldest !== undefined) world.answers.delete(oldest);
}

const otherParameters = (key: string) =>
  new StripeRefusal(400, {
    type: "idempotency_error",
    message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
  });

const atWork = (key: string) =>
  new StripeRefusal(409, {
    code: "idempotency_key_in_use",
    message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
  });
