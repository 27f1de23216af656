import type { Context } from "hono";
import { Refusal } from "#contracts/problem.ts";

const lengthMax = 255;
/** Without session and token the key itself is the secret, so it is about as long as a UUID. */
const lengthMinAlone = 16;

/** Returns null without the header; then no answer is kept. Refuses: invalid_request. */
export function idempotencyKeyOf(c: Context, proof: { isAlone: boolean }): string | null {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return null;
  const lengthMin = proof.isAlone ? lengthMinAlone : 1;
  if (key.length >= lengthMin && key.length <= lengthMax) return key;
  throw new Refusal("invalid_request", undefined, [
    {
      path: "Idempotency-Key",
      message: `${lengthMin} to ${lengthMax} characters${proof.isAlone ? " where there is no session: a random UUID" : ""}`,
    },
  ]);
}
