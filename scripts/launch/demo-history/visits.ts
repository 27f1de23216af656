import { demo } from "#db/demo.ts";
import { newId } from "#platform/ids.ts";
import type { CheckoutRow, PaymentRow } from "#platform/rows.ts";
import { type Chance, chanceOf } from "./chance.ts";
import type { Visit } from "./plan.ts";
import type { Row } from "./rows.ts";

const { tenantId } = demo;
/** A row is kept so long, then its day's numbers (jobs of commands/visits). */
const keptMs = 89 * 86_400_000;

type Bought = { visit: Visit; checkout: Pick<CheckoutRow, "id">; payment: Pick<PaymentRow, "provider"> };

/** The visit that led to a booking, step by step. */
export function bookedVisit({ visit, checkout, payment }: Bought, now: number): Row<"visit">[] {
  if (visit.bookedAt < now - keptMs) return [];
  const chance = chanceOf(visit.bookedAt);
  const at = stepTimes(chance, visit.bookedAt);
  return [
    {
      ...opened(chance, visit, at[0]),
      service_id: visit.service.id,
      professional_id: visit.professional.id,
      provider: payment.provider,
      checkout_id: checkout.id,
      service_at: new Date(at[1]),
      slot_at: new Date(at[2]),
      details_at: new Date(at[3]),
      payment_at: new Date(at[4]),
    },
  ];
}

/** Others opened the same link that day and left: as many as `link_opens` says. */
export function lostVisits(like: Visit, count: number, now: number): Row<"visit">[] {
  if (like.bookedAt < now - keptMs) return [];
  const chance = chanceOf(like.bookedAt + 1);
  return Array.from({ length: count }, () => {
    const until = chance.byWeight([[0, 35] as const, [1, 38] as const, [2, 18] as const, [3, 9] as const]);
    const at = stepTimes(chance, like.bookedAt + chance.between(-240, 20) * 60_000);
    return {
      ...opened(chance, like, at[0]),
      ...(until >= 1 && { service_id: like.service.id, professional_id: like.professional.id, service_at: new Date(at[1]) }),
      ...(until >= 2 && { slot_at: new Date(at[2]) }),
      ...(until >= 3 && { details_at: new Date(at[3]) }),
    };
  });
}

function opened(chance: Chance, { origin }: Visit, at: number): Row<"visit"> {
  return {
    tenant_id: tenantId,
    id: newId(at),
    link_id: origin.linkId,
    device: chance.byWeight([["phone", 70] as const, ["desktop", 25] as const, ["tablet", 5] as const]),
    source: origin.campaign?.utm_source ?? "",
    campaign: origin.campaign?.utm_campaign ?? "",
    opened_at: new Date(at),
  };
}

/** Opened, service, slot, details, payment page: the last one is `end`. */
function stepTimes(chance: Chance, end: number): [number, number, number, number, number] {
  const payment = end;
  const details = payment - chance.between(2, 6) * 1000;
  const slot = details - chance.between(40, 150) * 1000;
  const service = slot - chance.between(15, 90) * 1000;
  return [service - chance.between(8, 45) * 1000, service, slot, details, payment];
}
