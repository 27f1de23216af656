import type { ServiceValues } from "./draft.ts";

type Template = { name?: string; description?: string; durationMinutes?: number; online?: boolean };

/** As the table's defaults. With one professional, it is theirs. */
export function newValues({ currency }: { currency: string }, professionalIds: readonly string[], template: Template): ServiceValues {
  return {
    name: template.name ?? "",
    description: template.description ?? "",
    imageUrl: null,
    durationMinutes: template.durationMinutes ?? 30,
    bufferBeforeMinutes: 0,
    bufferAfterMinutes: 0,
    stepMinutes: 15,
    leadMinutes: 60,
    horizonDays: 60,
    priceMinor: 0,
    currency,
    chargeType: "total",
    depositPercent: 25,
    depositMinor: null,
    capacityPolicy: "hold",
    holdMinutes: null,
    cancellation: null,
    questions: [],
    translations: {},
    professionalIds: professionalIds.length === 1 ? [...professionalIds] : [],
    locationId: null,
    online: template.online ?? false,
    active: true,
  };
}
