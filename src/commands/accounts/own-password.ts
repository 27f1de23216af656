import { Refusal } from "#contracts/problem.ts";
import { hashPassword, isPassword } from "#platform/accounts/passwords.ts";
import { authDb, inAuth } from "#platform/db.ts";
import { setPassword } from "./recover.ts";

/** Before whatever could lock the person out. Refuses: password_wrong. */
export async function requirePassword({ personId, password }: { personId: string; password: string }): Promise<void> {
  const kept = await authDb()
    .selectFrom("auth.person_account")
    .select("password")
    .where("user_id", "=", personId)
    .where("provider_id", "=", "credential")
    .executeTakeFirst();
  if (!kept?.password || !(await isPassword(password, kept.password))) throw new Refusal("password_wrong");
}

type Change = { personId: string; sessionId: string; current: string; next: string };

/** Every other session ends. Refuses: password_wrong. */
export async function changePassword({ input }: { input: Change }): Promise<void> {
  const { personId, sessionId, current, next } = input;
  await requirePassword({ personId, password: current });
  const hash = await hashPassword(next);
  await inAuth((tx) => setPassword(tx, { personId, hash, keptSessionId: sessionId }));
}
