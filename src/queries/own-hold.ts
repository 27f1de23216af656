import { offer as frozenOffer, type Offer } from "#contracts/offer.ts";
import { inTenant } from "#platform/db.ts";
import { loadCatalog } from "./catalog.ts";
import { sessionHash } from "./session-hash.ts";

export type OwnHold = {
  id: string;
  serviceId: string;
  professionalId: string;
  start: string;
  end: string;
  /** The end that the customer sees. With a booking it may be over: then its payment is still asked about. */
  expiresAt: string;
  bookingId: string | null;
  bookingToken: string | null;
  offer: Offer;
};

/** The session's newest live hold, or the claim whose payment page it opened. */
export async function loadOwnHold(input: { link: string; session: string }): Promise<OwnHold | null> {
  const { tenant } = await loadCatalog(input.link);
  return inTenant(tenant.id, async (tx) => {
    const row = await tx
      .selectFrom("slot_claim as c")
      .leftJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "c.tenant_id").onRef("k.id", "=", "c.checkout_id"))
      .select([
        "c.id",
        "c.service_id",
        "c.professional_id",
        "c.starts_at",
        "c.ends_at",
        "c.expires_at",
        "c.checkout_id",
        "c.offer",
        "k.token",
        "k.ends_at as hold_ends_at",
      ])
      .where("c.session", "=", sessionHash(input.session))
      .where("c.state", "in", ["held", "paying"])
      .orderBy("c.created_at", "desc")
      .executeTakeFirst();
    const visibleEnd = row?.hold_ends_at ?? row?.expires_at;
    if (!row?.expires_at || !visibleEnd || row.expires_at.getTime() <= Date.now()) return null;
    return {
      id: row.id,
      serviceId: row.service_id,
      professionalId: row.professional_id,
      start: row.starts_at.toISOString(),
      end: row.ends_at.toISOString(),
      expiresAt: visibleEnd.toISOString(),
      bookingId: row.checkout_id,
      bookingToken: row.token,
      offer: frozenOffer.parse(row.offer),
    };
  });
}
