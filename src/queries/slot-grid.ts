import { offeredSlots, plainDateAt, type Span } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import type { CatalogProfessional, CatalogService } from "./catalog.ts";

const minute = 60_000;
const day = 1440 * minute;
const daysKeptMax = 1000;

/** Instants are also ISO 8601 text, because formatting costs most of an answer. */
export type GridSlot = Span & { startText: string; endText: string };

/** Slots by service and UTC day. They change only with the professional or the service. */
const grids = new WeakMap<CatalogProfessional, Map<string, GridSlot[]>>();

/** `offeredSlots` from a cache: slots that start in the span, with notice and horizon applied. */
export function slotsBetween(service: CatalogService, professional: CatalogProfessional, span: Span): GridSlot[] {
  const { rules } = service;
  const now = databaseNow();
  const earliest = Math.max(span.start, now + rules.leadMinutes * minute);
  const latest = Math.min(span.end, now + rules.horizonDays * day);
  if (earliest >= latest) return [];
  return daysOf(service, professional, { start: earliest, end: latest })
    .flat()
    .filter(({ start }) => start >= earliest && start < latest);
}

function daysOf(service: CatalogService, professional: CatalogProfessional, span: Span): GridSlot[][] {
  let grid = grids.get(professional);
  if (!grid || grid.size > daysKeptMax) {
    grid = new Map();
    grids.set(professional, grid);
  }
  const first = Math.floor(span.start / day);
  const last = Math.floor((span.end - 1) / day);
  const keyOf = (utcDay: number) => `${service.id}:${utcDay}`;
  for (let utcDay = first; utcDay <= last; utcDay += 1) {
    if (grid.has(keyOf(utcDay))) continue;
    for (const [missing, starts] of workOut(service, professional, utcDay, last)) grid.set(keyOf(missing), starts);
    break;
  }
  return Array.from({ length: last - first + 1 }, (_, index) => grid.get(keyOf(first + index)) ?? []);
}

/** The grids of whole UTC days, without notice or horizon. */
function workOut(service: CatalogService, professional: CatalogProfessional, first: number, last: number): Map<number, GridSlot[]> {
  const { timezone, hours, exceptions } = professional;
  const days = new Map<number, GridSlot[]>();
  for (let utcDay = first; utcDay <= last; utcDay += 1) days.set(utcDay, []);
  const slots = offeredSlots({
    from: plainDateAt(first * day, timezone).toString(),
    to: plainDateAt((last + 1) * day - 1, timezone).toString(),
    rangeTimezone: timezone,
    timezone,
    hours,
    exceptions,
    rules: { ...service.rules, leadMinutes: 0, horizonDays: last - first + 3 },
    now: (first - 1) * day,
  });
  for (const { start, end } of slots) {
    const slot = { start, end, startText: new Date(start).toISOString(), endText: new Date(end).toISOString() };
    days.get(Math.floor(start / day))?.push(slot);
  }
  return days;
}
