import { randomUUID } from "node:crypto";
import { demo } from "#db/demo.ts";
import type { Clinic } from "./clinic.ts";
import type { Visit } from "./plan.ts";
import type { Row } from "./rows.ts";
import type { Told } from "./story.ts";

/** Older visits are numbers of a day (commands/visits), of which the demo has none. */
const keptMs = 89 * 86_400_000;
/** How far those came who left, out of 20. The rest only opened the link. */
const leftAfter = { service: 11, slot: 6, details: 3, payment: 1 };
const leftEach = 3;

type Step = { visit: Visit; device: "phone" | "tablet" | "desktop"; at: number };

/** The one who came to the payment page, and some who left before: what the funnel counts. */
export function visitsOf({ visit, checkout, payment }: Told, { now }: Clinic): Row<"visit">[] {
  if (visit.bookedAt < now - keptMs) return [];
  const turn = Math.floor(visit.bookedAt / 1000);
  const device = turn % 10 < 7 ? "phone" : turn % 10 < 9 ? "desktop" : "tablet";
  const whole = stepRow({ visit, device, at: visit.bookedAt - 240_000 }, { upTo: 4 });
  const arrived = { ...whole, provider: payment.provider, checkout_id: checkout.id, payment_at: new Date(visit.bookedAt) };
  const left = Array.from({ length: leftEach }, (_, n) => {
    const drawn = (turn * 7 + n * 13) % 20;
    const upTo = [leftAfter.service, leftAfter.slot, leftAfter.details, leftAfter.payment].filter((share) => drawn < share).length;
    return stepRow(
      { visit, device: n === 1 ? "desktop" : "phone", at: visit.bookedAt - 400_000 - n * 3_000_000 },
      { upTo: Math.min(upTo, 3) },
    );
  });
  return [arrived, ...left];
}

/** `upTo`: how many steps after the opening. */
function stepRow({ visit, device, at }: Step, { upTo }: { upTo: number }): Row<"visit"> {
  const { origin, service, professional } = visit;
  const step = (number: number, seconds: number) => (upTo >= number ? new Date(at + seconds * 1000) : null);
  return {
    tenant_id: demo.tenantId,
    id: randomUUID(),
    link_id: origin.linkId,
    device,
    source: origin.campaign?.utm_source ?? "",
    campaign: origin.campaign?.utm_campaign ?? "",
    service_id: upTo >= 1 ? service.id : null,
    professional_id: upTo >= 1 ? professional.id : null,
    opened_at: new Date(at),
    service_at: step(1, 25),
    slot_at: step(2, 80),
    details_at: step(3, 150),
    payment_at: null,
    provider: null,
    checkout_id: null,
  };
}
