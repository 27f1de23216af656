import { Refusal } from "#contracts/problem.ts";
import { authDb, inAuth, type Tx } from "#platform/db.ts";

/** As it is stored, or null. What comes in between is found by comparing it again. */
export async function storedPassword(of: { email: string } | { personId: string }): Promise<string | null> {
  const found = await authDb()
    .selectFrom("auth.person_account as a")
    .innerJoin("auth.person as p", "p.id", "a.user_id")
    .select("a.password")
    .where("a.provider_id", "=", "credential")
    .where(({ eb }) => ("email" in of ? eb("p.email", "=", of.email) : eb("p.id", "=", of.personId)))
    .executeTakeFirst();
  return found?.password ?? null;
}

type Opened = { token: string; before: string | null };

/**
 * better-auth checks a password first and opens the session later. A change in between has ended
 * all sessions but this one, so it ends here. Refuses: sign_in_failed.
 */
export async function requireSamePassword({ token, before }: Opened): Promise<void> {
  const isSame = await inAuth(async (tx) => {
    if ((await passwordBehind(tx, token)) === before) return true;
    await tx.deleteFrom("auth.person_session").where("token", "=", token).execute();
    return false;
  });
  if (!isSame) throw new Refusal("sign_in_failed");
}

/** Waits for a change that is being written; one that comes later finds the session and ends it. */
async function passwordBehind(tx: Tx, token: string): Promise<string | null> {
  const found = await tx
    .selectFrom("auth.person_account as a")
    .innerJoin("auth.person_session as s", "s.user_id", "a.user_id")
    .select("a.password")
    .where("a.provider_id", "=", "credential")
    .where("s.token", "=", token)
    .forShare("a")
    .executeTakeFirst();
  return found?.password ?? null;
}
