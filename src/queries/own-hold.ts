import { inTenant } from "#platform/db.ts";
import { sha256Hex } from "#platform/ids.ts";
import { loadCatalog } from "./catalog.ts";

/** What is stored of a customer's session: its hash, so that a stolen table cannot impersonate a checkout. */
export function sessionHash(session: string): string {
  return sha256Hex(session).slice(0, 40);
}

export type OwnHold = {
  id: string;
  serviceId: string;
  professionalId: string;
  start: string;
  end: string;
  /** The end that the customer sees. */
  expiresAt: string;
  bookingId: string | null;
  bookingToken: string | null;
};

/** The session's newest live hold, or the claim whose payment page it opened. */
export async function loadOwnHold(input: { link: string; session: string }): Promise<OwnHold | null> {
  const { tenant } = await loadCatalog(input.link);
  return inTenant(tenant.id, async (tx) => {
    const row = await tx
      .selectFrom("slot_claim as c")
      .leftJoin("booking as b", (join) => join.onRef("b.tenant_id", "=", "c.tenant_id").onRef("b.id", "=", "c.booking_id"))
      .select([
        "c.id",
        "c.service_id",
        "c.professional_id",
        "c.starts_at",
        "c.ends_at",
        "c.expires_at",
        "c.booking_id",
        "b.token",
        "b.hold_expires_at",
      ])
      .where("c.session", "=", sessionHash(input.session))
      .where("c.state", "in", ["held", "paying"])
      .orderBy("c.created_at", "desc")
      .executeTakeFirst();
    const visibleEnd = row?.hold_expires_at ?? row?.expires_at;
    if (!row || !visibleEnd || visibleEnd.getTime() <= Date.now()) return null;
    return {
      id: row.id,
      serviceId: row.service_id,
      professionalId: row.professional_id,
      start: row.starts_at.toISOString(),
      end: row.ends_at.toISOString(),
      expiresAt: visibleEnd.toISOString(),
      bookingId: row.booking_id,
      bookingToken: row.token,
    };
  });
}
