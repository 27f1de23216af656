import { Refusal } from "#contracts/problem.ts";
import { authDb, inAuth } from "#platform/db.ts";
import { membershipsOf } from "#queries/members.ts";
import { endSessions, wakeWaiting } from "./recover.ts";

type Session = { personId: string; sessionId: string };

/** One of one's own. Refuses: not_found. */
export async function endSession({ input: { personId, sessionId } }: { input: Session }): Promise<void> {
  const ended = await authDb()
    .deleteFrom("auth.person_session")
    .where("user_id", "=", personId)
    .where("id", "=", sessionId)
    .executeTakeFirst();
  if (ended.numDeletedRows === 0n) throw new Refusal("not_found");
  await wakeWaiting(authDb(), personId);
}

export async function endOtherSessions({ input: { personId, sessionId } }: { input: Session }): Promise<void> {
  await inAuth((tx) => endSessions(tx, { personId, keptSessionId: sessionId }));
}

/** Refuses: tenant_unknown, also for a merchant that they do not belong to. */
export async function chooseTenant({ input }: { input: Session & { tenantId: string } }): Promise<void> {
  const { personId, sessionId, tenantId } = input;
  const own = await membershipsOf(personId);
  if (!own.some((membership) => membership.tenantId === tenantId)) throw new Refusal("tenant_unknown");
  await inAuth(async (tx) => {
    await tx.updateTable("auth.person_session").set({ tenant_id: tenantId }).where("id", "=", sessionId).execute();
    await tx.updateTable("auth.person").set({ last_tenant_id: tenantId }).where("id", "=", personId).execute();
  });
}
