import { type Availability, availabilityDaysMax } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { type Claim, daysAsSpan, freeAndHeldSlots, type SlotRules, type Span, spanWithBuffers } from "#domain/slots.ts";
import { appPool } from "#platform/db.ts";
import { findOffer, loadCatalog } from "./catalog.ts";
import { sessionHash } from "./own-hold.ts";
import { slotsBetween } from "./slot-grid.ts";

/** Slots between two dates (inclusive, in the tenant's zone, at most 62 days). The asking session's own hold does not block it. */
export async function loadAvailability(input: {
  link: string;
  serviceId: string;
  professionalId: string;
  from: string;
  to: string;
  session: string | null;
}): Promise<Availability> {
  const catalog = await loadCatalog(input.link);
  const { service, professional } = findOffer(catalog, input.serviceId, input.professionalId);
  const { timezone } = catalog.tenant;
  const span = daysAsSpan(input.from, input.to, timezone);
  if (span.end <= span.start)
    throw new Refusal("invalid_request", "`to` lies before `from`.", [{ path: "to", message: "lies before from" }]);
  if (span.end - span.start > (availabilityDaysMax + 0.1) * 86_400_000) throw new Refusal("range_too_long");
  const slots = slotsBetween(service, professional, span);
  const claims = await readClaims({
    tenantId: catalog.tenant.id,
    professionalId: professional.id,
    slots,
    rules: service.rules,
    session: input.session,
  });
  return {
    timezone,
    slots: freeAndHeldSlots(slots, claims, service.rules).map((slot) => ({
      start: slot.startText,
      end: slot.endText,
      state: slot.state,
    })),
  };
}

/** Live claims that touch the slots with their buffers: in another zone than the tenant's, a slot may end long after the tenant's last date. One round trip. */
async function readClaims(at: {
  tenantId: string;
  professionalId: string;
  slots: readonly Span[];
  rules: SlotRules;
  session: string | null;
}): Promise<Claim[]> {
  const [first, last] = [at.slots[0], at.slots.at(-1)];
  if (!first || !last) return [];
  const from = new Date(spanWithBuffers(first, at.rules).start);
  const to = new Date(spanWithBuffers(last, at.rules).end);
  const { rows } = await appPool().query<Claim>({
    name: "live-claims",
    text: `select start_ms as start, end_ms as "end", state from live_claims($1, $2, $3, $4, $5)`,
    values: [at.tenantId, at.professionalId, from, to, at.session ? sessionHash(at.session) : ""],
  });
  return rows;
}
