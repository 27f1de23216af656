import type { HoldAnswer, HoldRequest } from "../../contracts/checkout.ts";
import { Refusal } from "../../contracts/problem.ts";
import { offeredSlots, plainDateAt, spanWithBuffers } from "../../domain/slots.ts";
import { again, appPool } from "../../platform/db.ts";
import { env } from "../../platform/env.ts";
import { keyedHash, newId, newToken } from "../../platform/ids.ts";
import { type CatalogProfessional, type CatalogService, findOffer, loadCatalog } from "../../queries/catalog.ts";
import { sessionHash } from "../../queries/own-hold.ts";

type Answer = { outcome: "held" | "kept" | "slot_taken" | "too_many_holds"; claim_id: string | null; expires_at: Date | null };

/**
 * Takes a slot for this customer's session, in one round trip; the exclusion constraint decides.
 * Another hold of the session is let go in the same transaction, and kept if the new one is refused.
 * Refuses: link_*, slot_not_offered, slot_taken, too_many_holds.
 */
export async function holdSlot(input: { request: HoldRequest; session: string | null; address: string | null }): Promise<HoldAnswer> {
  const { request } = input;
  const catalog = await loadCatalog(request.link);
  const { service, professional } = findOffer(catalog, request.serviceId, request.professionalId);
  if (service.capacityPolicy === "first_payer_wins")
    throw new Refusal("slot_not_offered", "This service is not held: whoever pays first gets the slot.");
  const slot = requireOffered({ service, professional, start: request.start });
  const session = input.session ?? newToken();
  const span = spanWithBuffers(slot, service.rules);
  const answer = await again(async () => {
    const { rows } = await appPool().query<Answer>({
      name: "hold-slot",
      text: "select (hold_slot($1, $2, $3, $4, $5, $6, tstzrange($7, $8), $9, $10, $11, $12)).*",
      values: [
        catalog.tenant.id,
        newId(),
        professional.id,
        service.id,
        new Date(slot.start),
        new Date(slot.end),
        new Date(span.start),
        new Date(span.end),
        sessionHash(session),
        input.address ? keyedHash(env().APP_SECRET, input.address) : null,
        catalog.tenant.holdMinutes,
        env().HOLDS_PER_ADDRESS,
      ],
    });
    return rows[0];
  });
  if (answer?.outcome === "slot_taken" || answer?.outcome === "too_many_holds") throw new Refusal(answer.outcome);
  if (!answer?.claim_id || !answer.expires_at) throw new Error("hold_slot gave no answer");
  return {
    id: answer.claim_id,
    start: new Date(slot.start).toISOString(),
    end: new Date(slot.end).toISOString(),
    expiresAt: answer.expires_at.toISOString(),
    session,
  };
}

/** The slot that starts exactly then, if working hours, grid, notice and horizon offer it. */
export function requireOffered(input: { service: CatalogService; professional: CatalogProfessional; start: string }) {
  const start = Date.parse(input.start);
  const { timezone, hours } = input.professional;
  const day = plainDateAt(start, timezone).toString();
  const slots = offeredSlots({ from: day, to: day, rangeTimezone: timezone, timezone, hours, rules: input.service.rules, now: Date.now() });
  const slot = slots.find((candidate) => candidate.start === start);
  if (!slot) throw new Refusal("slot_not_offered");
  return slot;
}
