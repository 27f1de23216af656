import { createHmac } from "node:crypto";

const stepSeconds = 30;
/** Clocks of phones differ: better-auth takes the code before and after too. */
const stepsAround = 1;

/** The step (RFC 6238) for which an authenticator shows the code near this time, or null. */
export function stepOfCode({ secret, code, nowMs }: { secret: string; code: string; nowMs: number }): number | null {
  const current = Math.floor(nowMs / 1000 / stepSeconds);
  for (let step = current + stepsAround; step >= current - stepsAround; step -= 1) if (codeAt(secret, step) === code) return step;
  return null;
}

/** RFC 4226, six digits. */
export function codeAt(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac("sha1", secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
