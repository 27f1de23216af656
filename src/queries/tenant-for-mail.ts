import { sql } from "kysely";
import { inTenant } from "#platform/db.ts";

/** The tenant with the health of its callback address. */
export async function loadTenantForMail(tenantId: string) {
  return inTenant(tenantId, async (tx) => {
    const tenant = await tx.selectFrom("tenant").selectAll().executeTakeFirstOrThrow();
    const endpoint = await tx.selectFrom("callback_endpoint").selectAll().executeTakeFirst();
    const attempt = await tx
      .selectFrom("callback_attempt")
      .select(["error", "status_code"])
      .orderBy("created_at", "desc")
      .limit(1)
      .executeTakeFirst();
    return { tenant, endpoint: endpoint ?? null, lastError: attempt ? (attempt.error ?? `HTTP ${attempt.status_code}`) : null };
  });
}

/** Returns null unless it may still be accepted. */
export async function loadInvitationForMail(input: { tenantId: string; invitationId: string }) {
  return inTenant(input.tenantId, async (tx) => {
    const invitation = await tx
      .selectFrom("invitation")
      .selectAll()
      .where("id", "=", input.invitationId)
      .where("accepted_at", "is", null)
      .where("withdrawn_at", "is", null)
      .where("expires_at", ">", sql<Date>`now()`)
      .executeTakeFirst();
    if (!invitation) return null;
    const tenant = await tx.selectFrom("tenant").selectAll().executeTakeFirstOrThrow();
    return { tenant, invitation };
  });
}

export async function loadRefundForMail(input: { tenantId: string; refundCaseId: string }) {
  return inTenant(input.tenantId, (tx) =>
    tx
      .selectFrom("refund_case as r")
      .innerJoin("charge as c", (join) => join.onRef("c.tenant_id", "=", "r.tenant_id").onRef("c.id", "=", "r.charge_id"))
      .innerJoin("connection as n", (join) => join.onRef("n.tenant_id", "=", "c.tenant_id").onRef("n.id", "=", "c.connection_id"))
      .select(["r.reason", "r.number", "r.amount_minor", "r.currency", "r.due_at", "c.reference", "c.provider_charge_id", "n.provider"])
      .where("r.id", "=", input.refundCaseId)
      .executeTakeFirst(),
  );
}
