import type { ServiceChanges } from "#contracts/catalog.ts";

/** Undefined fields stay as they are. */
export function serviceColumns(given: ServiceChanges) {
  return {
    name: given.name,
    description: given.description,
    image_url: given.imageUrl,
    duration_minutes: given.durationMinutes,
    buffer_before_minutes: given.bufferBeforeMinutes,
    buffer_after_minutes: given.bufferAfterMinutes,
    slot_step_minutes: given.stepMinutes,
    lead_minutes: given.leadMinutes,
    horizon_days: given.horizonDays,
    price_minor: given.priceMinor,
    currency: given.currency,
    charge_type: given.chargeType,
    deposit_percent: given.depositPercent,
    capacity_policy: given.capacityPolicy,
    online: given.online,
    active: given.active,
    position: given.position,
  };
}
