import { Refusal } from "#contracts/problem.ts";
import { areOverlapping, closedSpans, isWithinHours, type Span } from "#domain/professionals/openings.ts";
import { plainDateAt } from "#domain/slots.ts";
import type { Tx } from "#platform/db.ts";
import { readTimetables, type Timetable } from "#queries/desk/timetables.ts";

type Wish = { professionalId: string; serviceId: string; span: Span; ignoresHours: boolean; mustGiveService: boolean };

/**
 * Notice, horizon and step are for customers; hours and absences hold for everybody. Refuses:
 * professional_unknown, service_not_given, professional_away, outside_hours.
 */
export async function requireWorking(tx: Tx, wish: Wish): Promise<void> {
  const { span } = wish;
  const timetable = await timetableFor(tx, wish.professionalId, span);
  if (wish.mustGiveService && !timetable.serviceIds.includes(wish.serviceId)) throw new Refusal("service_not_given");
  if (closedSpans(span, timetable).some((closed) => areOverlapping(closed, span))) throw new Refusal("professional_away");
  if (!wish.ignoresHours && !isWithinHours(span, timetable)) throw new Refusal("outside_hours");
}

async function timetableFor(tx: Tx, id: string, { start, end }: Span): Promise<Timetable> {
  // A day more on each side: the dates are the professional's, in whatever zone.
  const [from, to] = [plainDateAt(start, "UTC").subtract({ days: 1 }), plainDateAt(end, "UTC").add({ days: 1 })];
  const [timetable] = await readTimetables(tx, { ids: [id], from: from.toString(), to: to.toString() });
  if (!timetable || timetable.isArchived) throw new Refusal("professional_unknown");
  return timetable;
}
