import { sql } from "kysely";
import { z } from "zod";
import type { Origin } from "#contracts/caller.ts";
import { Refusal } from "#contracts/problem.ts";
import { auth, challengeHeaders, readTwoFactorSecret } from "#platform/auth.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { authDb } from "#platform/db.ts";
import { arrive } from "./arrive.ts";
import { stepOfCode } from "./one-time-codes.ts";
import { requireSamePassword, storedPassword } from "./same-password.ts";

export type Code = { code: string } | { recoveryCode: string };
const answered = z.object({ token: z.string() });

/**
 * Ends the person's sign-in that asked for a code. Refuses: second_factor_failed, sign_in_failed.
 */
export async function signInWithCode({
  input,
}: {
  input: { personId: string; code: Code; headers: Headers; origin: Origin };
}): Promise<{ cookies: string[] }> {
  const { personId, code, origin } = input;
  // Without the cookie of a session, which would make it a check for that one.
  const headers = challengeHeaders(input.headers);
  const before = await storedPassword({ personId });
  const { api } = await auth();
  const response =
    "code" in code
      ? await api.verifyTOTP({ body: { code: await usableCode(personId, code.code) }, headers, asResponse: true })
      : await api.verifyBackupCode({ body: { code: code.recoveryCode }, headers, asResponse: true });
  if (!response.ok) throw new Refusal("second_factor_failed");
  const { token } = answered.parse(await response.json());
  await requireSamePassword({ token, before });
  await arrive({ token, origin });
  return { cookies: response.headers.getSetCookie() };
}

/** A code that was used before counts as a wrong one, so another way of this sign-in stays open. */
async function usableCode(personId: string, code: string): Promise<string> {
  return (await takeCode(personId, code)) ? code : "";
}

/**
 * Takes the code's step, which only ever grows, so that whoever looked over a shoulder comes too
 * late. better-auth itself would take a code again.
 */
export async function takeCode(personId: string, code: string): Promise<boolean> {
  const secret = await readTwoFactorSecret(personId);
  const step = secret && stepOfCode({ secret, code, nowMs: databaseNow() });
  if (step === null) return false;
  const taken = await authDb()
    .updateTable("auth.person_two_factor")
    .set({ last_step: Number(step) })
    .where("user_id", "=", personId)
    .where(sql<boolean>`coalesce(last_step, 0) < ${step}`)
    .executeTakeFirst();
  return taken.numUpdatedRows === 1n;
}
