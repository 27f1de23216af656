import { sql } from "kysely";
import type { Tx } from "#platform/db.ts";
import type { BookingRow } from "#platform/rows.ts";

/**
 * Tries a new claim of the span that was sold, after the old one has lapsed (or never was, under
 * first_payer_wins). Returns false if somebody else has the slot.
 */
export async function claimAgain(tx: Tx, booking: BookingRow): Promise<boolean> {
  // A statement of its own: in one snapshot with the insert, the slot would wrongly look taken.
  await sql`select expire_lapsed_claims(${booking.tenant_id}, ${booking.professional_id}, ${booking.during}::tstzrange)`.execute(tx);
  const inserted = await sql`
    insert into slot_claim (tenant_id, professional_id, service_id, starts_at, ends_at, during, state, checkout_id)
    values (${booking.tenant_id}, ${booking.professional_id}, ${booking.service_id}, ${booking.starts_at},
      ${booking.ends_at}, ${booking.during}::tstzrange, 'booked', ${booking.id})
    on conflict do nothing`.execute(tx);
  return (inserted.numAffectedRows ?? 0n) > 0n;
}
