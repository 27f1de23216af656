import { actorOf, type Origin } from "#contracts/caller.ts";
import { authDb, inTenant } from "#platform/db.ts";
import { type Membership, membershipsOf } from "#queries/members.ts";
import { logEvent } from "../log-event.ts";

type Arrived = ({ token: string } | { sessionId: string }) & { origin: Origin };

/**
 * After a sign-in: the session learns from where, and shows the merchant that the person looked at
 * last. The merchant's log says that they came.
 */
export async function arrive(arrived: Arrived): Promise<void> {
  const { origin } = arrived;
  const db = authDb();
  const session = await db
    .selectFrom("auth.person_session as s")
    .innerJoin("auth.person as p", "p.id", "s.user_id")
    .select(["s.id", "p.id as personId", "p.last_tenant_id as lastTenantId"])
    .where(({ eb }) => ("token" in arrived ? eb("s.token", "=", arrived.token) : eb("s.id", "=", arrived.sessionId)))
    .executeTakeFirstOrThrow();
  const all = await membershipsOf(session.personId);
  const member = all.find(({ tenantId }) => tenantId === session.lastTenantId) ?? all[0] ?? null;
  await db
    .updateTable("auth.person_session")
    .set({ tenant_id: member?.tenantId ?? null, ip_address: origin.address, user_agent: origin.browser })
    .where("id", "=", session.id)
    .execute();
  if (member) await logArrival(member, origin);
}

function logArrival({ tenantId, memberId }: Membership, origin: Origin): Promise<void> {
  return inTenant(tenantId, (tx) =>
    logEvent(tx, {
      tenantId,
      subject: { kind: "tenant", id: tenantId },
      kind: "member.signed_in",
      details: { memberId },
      actor: actorOf({ kind: "member", memberId }),
      origin,
    }),
  );
}
