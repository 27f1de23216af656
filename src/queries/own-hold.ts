import { offer as frozenOffer } from "#contracts/offer.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant } from "#platform/db.ts";
import { loadCatalog } from "./catalog.ts";
import { sessionHash } from "./session-hash.ts";

/**
 * The session's newest live hold or paying claim. `expiresAt` is the visible end. That of a paying
 * claim may be over: its payment is still asked about.
 */
export async function loadOwnHold(input: { link: string; session: string }) {
  const { tenant } = await loadCatalog(input.link);
  return inTenant(tenant.id, async (tx) => {
    const row = await tx
      .selectFrom("slot_claim as c")
      .leftJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "c.tenant_id").onRef("k.id", "=", "c.checkout_id"))
      .select([
        "c.id",
        "c.service_id as serviceId",
        "c.professional_id as professionalId",
        "c.starts_at",
        "c.ends_at",
        "c.expires_at",
        "c.offer",
      ])
      .select(["k.id as bookingId", "k.token as bookingToken", "k.ends_at as holdEndsAt"])
      .where("c.session", "=", sessionHash(input.session))
      .where("c.state", "in", ["held", "paying"])
      .orderBy("c.created_at", "desc")
      .executeTakeFirst();
    if (!row) return null;
    const { starts_at, ends_at, expires_at, holdEndsAt, offer, ...hold } = row;
    const visibleEnd = holdEndsAt ?? expires_at;
    if (!visibleEnd || visibleEnd.getTime() <= databaseNow()) return null;
    return {
      ...hold,
      start: starts_at.toISOString(),
      end: ends_at.toISOString(),
      expiresAt: visibleEnd.toISOString(),
      offer: frozenOffer.parse(offer),
    };
  });
}
