import { sql } from "kysely";
import { Refusal } from "#contracts/problem.ts";
import { hashPassword } from "#platform/accounts/passwords.ts";
import { type Db, inAuth, type Tx } from "#platform/db.ts";
import { endProofs, takeProof } from "./proofs.ts";
import { wishMail } from "./wish-mail.ts";

/** Does the same for every address: the mail's job finds out whose it is. */
export async function forgotPassword({ input: { email, locale } }: { input: { email: string; locale: string } }): Promise<void> {
  await inAuth((tx) => wishMail(tx, { kind: "reset", email, locale }));
}

/** Works once. Ends every session and every other link of the person. Refuses: proof_spent. */
export async function resetPassword({ input: { token, password } }: { input: { token: string; password: string } }): Promise<void> {
  const hash = await hashPassword(password);
  await inAuth(async (tx) => {
    const value = await takeProof(tx, { purpose: "reset", token });
    if (value === null) throw new Refusal("proof_spent");
    await setPassword(tx, { personId: value.slice(resetValue("").length), hash, keptSessionId: null });
  });
}

export const resetValue = (personId: string): string => `reset:${personId}`;

type NewPassword = { personId: string; hash: string; keptSessionId: string | null };

/**
 * Ends the person's links and sessions, but the session that is kept, and tells them by mail.
 */
export async function setPassword(tx: Tx, { personId, hash, keptSessionId }: NewPassword): Promise<void> {
  await tx
    .updateTable("auth.person_account")
    .set({ password: hash })
    .where("user_id", "=", personId)
    .where("provider_id", "=", "credential")
    .execute();
  await endProofs(tx, personId);
  await endSessions(tx, { personId, keptSessionId });
  const { email, locale } = await tx
    .selectFrom("auth.person")
    .select(["email", "locale"])
    .where("id", "=", personId)
    .executeTakeFirstOrThrow();
  await wishMail(tx, { kind: "password-changed", email, locale, personId });
}

export async function endSessions(tx: Tx, { personId, keptSessionId }: { personId: string; keptSessionId: string | null }): Promise<void> {
  let ended = tx.deleteFrom("auth.person_session").where("user_id", "=", personId);
  if (keptSessionId !== null) ended = ended.where("id", "<>", keptSessionId);
  await ended.execute();
  await wakeWaiting(tx, personId);
}

/** Whoever waits for notices is asked anew who they are. */
export async function wakeWaiting(db: Db, personId: string): Promise<void> {
  await sql`select pg_notify('konfirmado_notices', ${personId})`.execute(db);
}
