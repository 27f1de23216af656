import type { ServiceChanges } from "#contracts/catalog.ts";
import type { QuestionGiven } from "#contracts/service-terms.ts";
import { newId } from "#platform/ids.ts";

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
    deposit_minor: given.depositMinor,
    capacity_policy: given.capacityPolicy,
    hold_minutes: given.holdMinutes,
    cancellation: given.cancellation && JSON.stringify(given.cancellation),
    questions: given.questions && JSON.stringify(given.questions.map(asked)),
    translations: given.translations && JSON.stringify(given.translations),
    location_id: given.locationId,
    online: given.online,
    active: given.active,
    position: given.position,
  };
}

function asked({ id = newId(), kind, label, options = [], isRequired = false, isPersonal = false }: QuestionGiven) {
  return { id, kind, label, options, isRequired, isPersonal };
}
