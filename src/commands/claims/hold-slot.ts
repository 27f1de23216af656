import type { Customer } from "#contracts/caller.ts";
import type { HoldAnswer, HoldRequest } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { holdMinutesUntil, latestPayingEnd } from "#domain/hold-times.ts";
import { type Span, spanWithBuffers } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { env } from "#platform/env.ts";
import { keyedHash, newId } from "#platform/ids.ts";
import { type CatalogProfessional, type CatalogService, findOffer, loadCatalog } from "#queries/catalog.ts";
import { sessionHash } from "#queries/session-hash.ts";
import { newSession } from "#queries/sessions.ts";
import { slotsBetween } from "#queries/slot-grid.ts";
import { offerOf, requireSeen } from "./offer-seen.ts";
import { askForHold } from "./waiting-holds.ts";

type Asked = { caller: Customer; input: HoldRequest };

/**
 * Takes a slot for this session in one round trip; the exclusion constraint decides. The session's
 * other hold is released in the same transaction, and kept if this one is refused. Refuses: link_*,
 * slot_not_offered, price_changed, slot_taken, too_many_holds.
 */
export async function holdSlot({ caller, input: request }: Asked): Promise<HoldAnswer & { session: string }> {
  const catalog = await loadCatalog(request.link);
  const { service, professional } = findOffer(catalog, request.serviceId, request.professionalId);
  if (service.capacityPolicy === "first_payer_wins")
    throw new Refusal("slot_not_offered", "This service is not held: whoever pays first gets the slot.");
  const offer = offerOf(service);
  requireSeen(request.seen, offer);
  const slot = requireOffered({ service, professional, start: request.start });
  const { latestApprovalMinutes } = catalog.tenant;
  const latest = latestPayingEnd(new Date(slot.start), latestApprovalMinutes);
  const holdMinutes = holdMinutesUntil({
    holdMinutes: service.holdMinutes ?? catalog.tenant.holdMinutes,
    now: new Date(databaseNow()),
    latest,
  });
  if (holdMinutes < 1) throw new Refusal("slot_not_offered", "There is no time left to pay for it.");
  const session = caller.session ?? newSession(caller.isBrowser ? "browser" : "program");
  const span = spanWithBuffers(slot, service.rules);
  const answer = await askForHold({
    tenantId: catalog.tenant.id,
    id: newId(),
    professionalId: professional.id,
    serviceId: service.id,
    ...slot,
    from: span.start,
    until: span.end,
    sessionHash: sessionHash(session),
    isNewSession: caller.session === null,
    addressHash: caller.address ? keyedHash(env().APP_SECRET, caller.address) : null,
    holdMinutes,
    offer,
  });
  if (answer.outcome === "slot_taken" || answer.outcome === "too_many_holds") throw new Refusal(answer.outcome);
  if (!answer.claim_id || !answer.expires_at) throw new Error("hold_slots returned no claim");
  return {
    id: answer.claim_id,
    start: new Date(slot.start).toISOString(),
    end: new Date(slot.end).toISOString(),
    expiresAt: answer.expires_at.toISOString(),
    session,
  };
}

/** The slot with this start, if hours, notice and horizon allow it. Refuses: slot_not_offered. */
export function requireOffered(input: { service: CatalogService; professional: CatalogProfessional; start: string }): Span {
  const start = Date.parse(input.start);
  const [slot] = slotsBetween(input.service, input.professional, { start, end: start + 1 });
  if (!slot) throw new Refusal("slot_not_offered");
  return slot;
}
