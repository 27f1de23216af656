import type { Context } from "hono";
import { Refusal } from "#contracts/problem.ts";

const lengthMax = 255;
/** Where no session and no token says whose a key is, the key is the secret itself: a UUID, or as long as one is at least. */
const lengthMinAlone = 16;

/** The `Idempotency-Key`, or null: then nothing is kept and nothing is asked. Refuses: invalid_request. */
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
