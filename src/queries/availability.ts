import { sql } from "kysely";
import { type Availability, availabilityDaysDefault, availabilityDaysMax } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { type Claim, daysAsSpan, freeAndHeldSlots, plainDateAt, type SlotRules, type Span, spanWithBuffers } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { appDb, appPool } from "#platform/db.ts";
import { findOffer, loadCatalog, loadTenantCatalog, type TenantCatalog } from "./catalog.ts";
import { sessionHash } from "./session-hash.ts";
import { slotsBetween } from "./slot-grid.ts";

type Asked = {
  /** The default is the professional's tenant. */
  link?: string | undefined;
  serviceId: string;
  professionalId: string;
  /** The default is today, and 13 days after `from`. */
  from?: string | undefined;
  to?: string | undefined;
  session: string | null;
};

/** Dates are inclusive and in the tenant's zone. The session's own hold does not block a slot. */
export async function loadAvailability(input: Asked): Promise<Availability> {
  const catalog = await catalogOf(input);
  const { service, professional } = findOffer(catalog, input.serviceId, input.professionalId);
  const { timezone } = catalog.tenant;
  const from = input.from ?? plainDateAt(databaseNow(), timezone).toString();
  const to = input.to ?? lastDateFrom(from);
  const span = daysAsSpan(from, to, timezone);
  if (span.end <= span.start) throw new Refusal("invalid_request", "`to` is before `from`.", [{ path: "to", message: "is before from" }]);
  if (span.end - span.start > (availabilityDaysMax + 0.1) * 86_400_000) throw new Refusal("range_too_long");
  const slots = slotsBetween(service, professional, span);
  const { rules } = service;
  const claims = await readClaims({ tenantId: catalog.tenant.id, professionalId: professional.id, slots, rules, session: input.session });
  const offered = freeAndHeldSlots(slots, claims, rules);
  return { timezone, slots: offered.map(({ startText: start, endText: end, state }) => ({ start, end, state })) };
}

async function catalogOf({ link, professionalId }: Asked): Promise<TenantCatalog> {
  if (link !== undefined) return loadCatalog(link);
  const { rows } = await sql<{ tenant: string | null }>`select tenant_of_professional(${professionalId}) as tenant`.execute(appDb());
  const tenantId = rows[0]?.tenant;
  if (!tenantId) throw new Refusal("slot_not_offered", "This professional is not offered.");
  return loadTenantCatalog(tenantId);
}

function lastDateFrom(from: string): string {
  return Temporal.PlainDate.from(from)
    .add({ days: availabilityDaysDefault - 1 })
    .toString();
}

/**
 * Reads live claims that touch the slots with their buffers, in one round trip. Not by dates: in
 * another zone a slot may end long after the tenant's last date.
 */
async function readClaims({ tenantId, professionalId, slots, rules, session }: Wanted): Promise<Claim[]> {
  const [first, last] = [slots[0], slots.at(-1)];
  if (!first || !last) return [];
  const from = new Date(spanWithBuffers(first, rules).start);
  const to = new Date(spanWithBuffers(last, rules).end);
  const { rows } = await appPool().query<Claim>({
    name: "live-claims",
    text: `select start_ms as start, end_ms as "end", state from live_claims($1, $2, $3, $4, $5)`,
    values: [tenantId, professionalId, from, to, session ? sessionHash(session) : ""],
  });
  return rows;
}
type Wanted = { tenantId: string; professionalId: string; slots: readonly Span[]; rules: SlotRules; session: string | null };
