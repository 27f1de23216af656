import { freeAndHeldSlots, offeredSlots, plainDateAt, type Span, spanWithBuffers } from "#domain/slots.ts";
import type { Catalog, CatalogProfessional, CatalogService } from "#queries/catalog.ts";
import type { Chance } from "./chance.ts";

/** `span` has the service's buffers. Times are epoch milliseconds. */
export type Appointment = Span & { service: CatalogService; professional: CatalogProfessional; span: Span };

export const daysBack = 91;
export const daysAhead = 14;
const dayMs = 86_400_000;

/** How often a service is asked for, in the order of the catalogue. */
const popularity = [44, 25, 23, 8];
/** By the hour of the clinic's clock. */
const popularHours: Readonly<Record<number, number>> = { 7: 0.7, 8: 1.1, 9: 1.5, 10: 1.6, 11: 1.3, 12: 0.6, 15: 1.3, 16: 1.5, 17: 1.2 };
/** By ISO weekday, 1 Monday. */
const weekdays: Readonly<Record<number, number>> = { 1: 1.1, 2: 1.05, 5: 0.9, 6: 0.5 };

type Wish = { catalog: Catalog; chance: Chance; now: number };
/** Returns null if there is no time left on that day. */
export type PickTime = (day: number) => Appointment | null;

/** Three months and the next two weeks of a clinic that grows a little. */
export function fillAgenda(wish: Wish): { appointments: Appointment[]; pickTime: PickTime } {
  const taken = new Map<string, Span[]>();
  const pickTime: PickTime = (day) => pickOne(wish, { taken, day });
  const appointments: Appointment[] = [];
  for (let day = -daysBack; day <= daysAhead; day += 1) {
    for (let left = wantedOn(wish, day); left > 0; left -= 1) {
      const found = pickTime(day);
      if (!found) break;
      appointments.push(found);
      const others = taken.get(found.professional.id) ?? [];
      taken.set(
        found.professional.id,
        [...others, found.span].sort((a, b) => a.start - b.start),
      );
    }
  }
  return { appointments: appointments.sort((a, b) => a.start - b.start), pickTime };
}

/** From 7 to 12 on a usual day, and ever fewer of what is still to come. */
function wantedOn({ catalog, chance, now }: Wish, day: number): number {
  const grown = 7 + (5 * (Math.min(day, 0) + daysBack)) / daysBack;
  const known = day > 0 ? Math.max(0.15, 1 - day / (daysAhead + 1)) : 1;
  const weekday = plainDateAt(now + day * dayMs, catalog.tenant.timezone).dayOfWeek;
  return Math.max(2, Math.round((grown + chance.between(-2, 3)) * known * (weekdays[weekday] ?? 1)));
}

type On = { taken: ReadonlyMap<string, Span[]>; day: number };

function pickOne({ catalog, chance, now }: Wish, { taken, day }: On): Appointment | null {
  const { services, tenant } = catalog;
  const service = chance.byWeight(services.map((one, place) => [one, popularity[place] ?? 5] as const));
  const date = plainDateAt(now + day * dayMs, tenant.timezone).toString();
  const offered = catalog.professionals
    .filter(({ serviceIds }) => serviceIds.includes(service.id))
    .flatMap((professional) => {
      const slots = slotsOn(date, { service, professional, timezone: tenant.timezone });
      return freeAndHeldSlots(slots, claimsOf(taken.get(professional.id)), service.rules).map((slot) => ({ ...slot, professional }));
    });
  if (offered.length === 0) return null;
  const { start, end, professional } = chance.byWeight(offered.map((slot) => [slot, weightAt(slot.start, tenant.timezone)] as const));
  return { start, end, service, professional, span: spanWithBuffers({ start, end }, service.rules) };
}

const claimsOf = (spans: readonly Span[] = []) => spans.map((span) => ({ ...span, state: "booked" as const }));

/** As they were offered in the morning of that day. */
function slotsOn(
  date: string,
  { service, professional, timezone }: { service: CatalogService; professional: CatalogProfessional; timezone: string },
) {
  const now = Temporal.PlainDate.from(date).toZonedDateTime(timezone).epochMilliseconds;
  const rules = { ...service.rules, leadMinutes: 0, horizonDays: 2 };
  return offeredSlots({ ...professional, from: date, to: date, rangeTimezone: timezone, rules, now });
}

function weightAt(start: number, timezone: string): number {
  const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timezone);
  return (popularHours[hour] ?? 0.9) * (minute % 30 === 0 ? 3 : 1);
}
