import { sql } from "kysely";
import type { Offer } from "#contracts/offer.ts";
import { type Span, spanWithBuffers } from "#domain/slots.ts";
import type { Tx } from "#platform/db.ts";
import { newId } from "#platform/ids.ts";
import type { CatalogService } from "#queries/catalog.ts";
import { SpanTaken } from "../claims/slot-claims.ts";

type Wanted = { tenantId: string; service: CatalogService; professionalId: string; span: Span; session: string; offer: Offer };
/** `during` is the span with its buffers, as PostgreSQL writes it. */
export type Claimed = { id: string; during: string };

/**
 * Takes the time by the statement of every hold, in the caller's transaction; the constraint
 * decides. Refuses: slot_taken.
 */
export async function claimTime(tx: Tx, { tenantId, service, professionalId, span, session, offer }: Wanted): Promise<Claimed> {
  const kept = spanWithBuffers(span, service.rules);
  const during = `[${new Date(kept.start).toISOString()},${new Date(kept.end).toISOString()})`;
  const [start, end] = [new Date(span.start), new Date(span.end)];
  const { rows } = await sql<{ outcome: string; claim_id: string | null }>`
    select outcome, claim_id from hold_slot(${tenantId}, ${newId()}, ${professionalId}, ${service.id}, ${start}, ${end},
      ${during}::tstzrange, ${session}, true, null, ${heldMinutes}, 0, ${JSON.stringify(offer)}::jsonb)`.execute(tx);
  const [answer] = rows;
  if (!answer?.claim_id) throw new SpanTaken({ tenantId, professionalId, during });
  return { id: answer.claim_id, during };
}

/** The same transaction gives it its real end. */
const heldMinutes = 5;

/** From now on it is the checkout's, until `until` or until it is paid. */
export async function payByClaim(
  tx: Tx,
  { claimId, checkoutId, until }: { claimId: string; checkoutId: string; until: Date },
): Promise<void> {
  await tx
    .updateTable("slot_claim")
    .set({ state: "paying", checkout_id: checkoutId, expires_at: until })
    .where("id", "=", claimId)
    .where("state", "=", "held")
    .execute();
}
