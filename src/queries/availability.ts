import { sql } from "kysely";
import { type Availability, availabilityDaysMax } from "../contracts/checkout.ts";
import { Refusal } from "../contracts/problem.ts";
import { type Claim, daysAsSpan, freeAndHeldSlots, offeredSlots, type SlotRules, type Span, spanWithBuffers } from "../domain/slots.ts";
import { inTenant } from "../platform/db.ts";
import { findOffer, loadCatalog } from "./catalog.ts";
import { sessionHash } from "./own-hold.ts";

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
  const slots = offeredSlots({
    from: input.from,
    to: input.to,
    rangeTimezone: timezone,
    timezone: professional.timezone,
    hours: professional.hours,
    rules: service.rules,
    now: Date.now(),
  });
  const claims = slots.length === 0 ? [] : await readClaims(catalog.tenant.id, professional.id, spanOf(slots, service.rules), input.session);
  return {
    timezone,
    slots: freeAndHeldSlots(slots, claims, service.rules).map((slot) => ({
      start: new Date(slot.start).toISOString(),
      end: new Date(slot.end).toISOString(),
      state: slot.state,
    })),
  };
}

/** From the first slot's buffer to the last one's: in another zone than the tenant's, a slot may end long after the tenant's last date. */
function spanOf(slots: readonly Span[], rules: SlotRules): Span {
  const spans = slots.map((slot) => spanWithBuffers(slot, rules));
  return { start: Math.min(...spans.map((span) => span.start)), end: Math.max(...spans.map((span) => span.end)) };
}

/** Live claims that touch the span. */
async function readClaims(
  tenantId: string,
  professionalId: string,
  span: Span,
  session: string | null,
): Promise<Claim[]> {
  const from = new Date(span.start).toISOString();
  const to = new Date(span.end).toISOString();
  const own = session ? sessionHash(session) : "";
  return inTenant(tenantId, async (tx) => {
    const { rows } = await sql<{ start: number; end: number; state: "booked" | "held" }>`
      select (extract(epoch from lower(during)) * 1000)::bigint as start, (extract(epoch from upper(during)) * 1000)::bigint as "end",
        case when state = 'booked' then 'booked' else 'held' end as state
      from slot_claim
      where tenant_id = ${tenantId} and professional_id = ${professionalId} and during && tstzrange(${from}, ${to})
        and state in ('held', 'paying', 'booked') and (state = 'booked' or expires_at > now())
        and not (state = 'held' and session is not distinct from ${own})
      order by lower(during)`.execute(tx);
    return rows;
  });
}
