import type { Customer } from "#commands/bookings/insert-booking.ts";
import type { Campaign } from "#contracts/links/campaign.ts";
import { backNow } from "#domain/cancellation.ts";
import type { Attendance } from "#domain/checkout-states.ts";
import { amountDue, usualStepMinor } from "#domain/money.ts";
import type { Catalog } from "#queries/catalog.ts";
import { type Appointment, fillAgenda, type PickTime } from "./agenda.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { newPerson } from "./people.ts";
import { type Origin, originOf } from "./sources.ts";
import { journey, mistake, notes, reasons } from "./words.ts";

export type Method = "CARD" | "NEQUI" | "PSE";
type Said = { at: number; text: string };
/** `sentAt`: when somebody sent it by hand; null: not yet. A void needs nobody. */
export type MoneyBack = { at: number; amountMinor: number; sentAt: number | null };
export type Cancelled = { at: number; refund: "none" | "by_terms" | "full"; reason: string; back: MoneyBack | null };

/** One customer's way, in epoch milliseconds. */
export type Visit = Appointment & {
  customer: Customer;
  origin: Origin & { campaign: Campaign | null };
  bookedAt: number;
  method: Method;
  /** A card was refused before another one paid. */
  isDeclinedFirst: boolean;
  /** Nothing paid: the last card was refused, too. */
  isFailed: boolean;
  attendance: { at: number; is: Attendance } | null;
  /** Where it was before somebody moved it. */
  moved: { at: number; from: Appointment } | null;
  note: Said | null;
  cancelled: Cancelled | null;
  /** A part that somebody gave back of a visit that took place. */
  goodwill: MoneyBack | null;
};

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A week later everything is sent back; what is younger would still be open. */
const settledAfter = 4 * day;

type Draft = { catalog: Catalog; chance: Chance; now: number; pickTime: PickTime };

/** The same history for the same seed, catalogue and moment. */
export function planVisits({ catalog, now, seed }: { catalog: Catalog; now: number; seed: number }): Visit[] {
  const chance = chanceOf(seed);
  const { appointments, pickTime } = fillAgenda({ catalog, chance, now });
  const draft = { catalog, chance, now, pickTime };
  const known: Customer[] = [];
  const visits = appointments.map((appointment) => planVisit(draft, appointment, known));
  withUrgentRefund(visits, now);
  return [...visits, ...failedOnes(draft, known)].sort((a, b) => a.bookedAt - b.bookedAt);
}

function planVisit(draft: Draft, appointment: Appointment, known: Customer[]): Visit {
  const { chance, now } = draft;
  const bookedAt = bookedBefore(draft, appointment.start);
  const planned: Visit = {
    ...appointment,
    customer: whoComes(chance, known),
    origin: originOf(chance, appointment, now - bookedAt),
    bookedAt,
    method: chance.byWeight([["CARD", 6] as const, ["NEQUI", 3] as const, ["PSE", 2] as const]),
    isDeclinedFirst: appointment.service.priceMinor > 0 && chance.happens(0.06),
    isFailed: false,
    attendance: null,
    moved: null,
    note: null,
    cancelled: chance.happens(0.06) ? cancelledOf(draft, appointment, bookedAt) : null,
    goodwill: null,
  };
  return planned.cancelled ? planned : { ...planned, ...whatHappened(draft, planned) };
}

/** A little more than half come again. */
function whoComes(chance: Chance, known: Customer[]): Customer {
  if (known.length > 20 && chance.happens(0.55)) return chance.of(known);
  const person = newPerson(chance, known.length + 1);
  known.push(person);
  return person;
}

/** Mostly some days ahead, in waking hours, and never after now. */
function bookedBefore({ catalog, chance, now }: Draft, start: number): number {
  const days = chance.byWeight([
    [0, 2] as const,
    [1, 4] as const,
    [2, 4] as const,
    [3, 3] as const,
    [5, 3] as const,
    [8, 2] as const,
    [13, 1] as const,
  ]);
  const date = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(catalog.tenant.timezone).toPlainDate().subtract({ days });
  const at = { hour: chance.byWeight(bookingHours), minute: chance.between(0, 59), second: chance.between(0, 59) };
  const wished = date.toZonedDateTime({ timeZone: catalog.tenant.timezone, plainTime: Temporal.PlainTime.from(at) }).epochMilliseconds;
  const latest = Math.min(start - 90 * minute, now - 45 * minute);
  if (wished <= latest) return wished;
  const late = latest - chance.between(0, 300) * minute - chance.between(0, 59_000);
  // At night people sleep, and have booked the evening before.
  const { hour: clock } = Temporal.Instant.fromEpochMilliseconds(late).toZonedDateTimeISO(catalog.tenant.timezone);
  return clock < 6 ? late - 8 * hour : late;
}
const bookingHours = [7, 9, 10, 11, 12, 13, 15, 17, 19, 20, 21, 22].map((at) => [at, at >= 19 ? 3 : 2] as const);

function whatHappened(draft: Draft, visit: Visit): Partial<Visit> {
  const { chance, now } = draft;
  const moved = chance.happens(0.12) ? movedOf(draft, visit) : null;
  const notedAt = visit.bookedAt + chance.between(1, 5) * hour;
  const note = chance.happens(0.07) && notedAt < now ? { at: notedAt, text: chance.of(notes) } : null;
  return { moved, note, attendance: attendanceOf(draft, visit), goodwill: chance.happens(0.012) ? goodwillOf(draft, visit) : null };
}

function attendanceOf({ chance, now }: Draft, { start, end }: Visit): Visit["attendance"] {
  const is = chance.byWeight([["completed", 91] as const, ["no_show", 5] as const, [null, 4] as const]);
  const arrivedAt = start - chance.between(0, 9) * minute;
  if (end + 10 * minute > now) return arrivedAt < now && start < now + 5 * minute ? { at: arrivedAt, is: "arrived" } : null;
  return is && { at: Math.min(now, end + chance.between(1, 25) * minute), is };
}

/** From a free time of a day before or after, an hour or more after it was booked. */
function movedOf({ chance, now, pickTime }: Draft, visit: Visit): Visit["moved"] {
  const at = visit.bookedAt + chance.between(2, 20) * hour;
  const from = pickTime(Math.round((visit.start - now) / day) + chance.of([-1, 1, 2]));
  const isSame = from?.service.id === visit.service.id;
  if (!from || !isSame || from.start < at + hour || visit.start < at + hour || at > now) return null;
  return { at, from: { ...from, end: from.start + visit.end - visit.start } };
}

/** As the desk decides: by the terms where there are some, else all of it or nothing. */
function cancelledOf({ chance, now }: Draft, { service, start }: Appointment, bookedAt: number): Cancelled | null {
  // Some see at once that they were wrong.
  const isAtOnce = chance.happens(0.3);
  const at =
    bookedAt + (isAtOnce ? chance.between(15, 55) * minute : Math.floor((start - bookedAt - hour) * (chance.between(5, 95) / 100)));
  if (at > now - settledAfter || at < bookedAt + 10 * minute) return null;
  const amountMinor = amountDue(service);
  const refund = chance.byWeight([[service.cancellation ? "by_terms" : "full", 3] as const, ["none", 1] as const]);
  const terms = service.cancellation;
  const due = { amountMinor, start: new Date(start), now: new Date(at), stepMinor: usualStepMinor(service.currency) };
  const backMinor = refund === "none" ? 0 : refund === "full" || !terms ? amountMinor : backNow(terms, due);
  const back = backMinor > 0 ? { at, amountMinor: backMinor, sentAt: at + chance.between(3, 50) * hour } : null;
  return { at, refund, reason: isAtOnce ? mistake : chance.of(reasons), back };
}

function goodwillOf({ chance, now }: Draft, { end, service }: Visit): MoneyBack | null {
  const at = end + chance.between(3, 30) * hour;
  const amountMinor = Math.floor(amountDue(service) / 500_000) * 100_000;
  return at < now - settledAfter && amountMinor > 0 ? { at, amountMinor, sentAt: at + chance.between(3, 40) * hour } : null;
}

/** One refund that the desk still has to send by hand, and its last day is here. */
function withUrgentRefund(visits: Visit[], now: number): void {
  const at = now - 2.3 * day;
  const visit = visits.find(
    ({ service, start, bookedAt, moved, cancelled }) =>
      service.chargeType === "total" && service.priceMinor > 0 && start > now + 2 * day && bookedAt < at - day && !moved && !cancelled,
  );
  if (!visit) return;
  const amountMinor = amountDue(visit.service);
  Object.assign(visit, {
    note: null,
    cancelled: { at, refund: "full", reason: journey, back: { at, amountMinor, sentAt: null } },
  });
}

/** Attempts of the last days. Older ones are deleted (commands/cleanup-unpaid.ts). */
function failedOnes(draft: Draft, known: Customer[]): Visit[] {
  const { chance, now, pickTime } = draft;
  return [2, 19, 31, 46, 55].flatMap((hoursAgo, index) => {
    const appointment = pickTime(3 + index);
    if (!appointment || appointment.service.priceMinor === 0) return [];
    const visit = planVisit(draft, appointment, known);
    const bookedAt = now - hoursAgo * hour - chance.between(0, 40) * minute;
    return [
      {
        ...visit,
        bookedAt,
        isFailed: true,
        isDeclinedFirst: false,
        attendance: null,
        moved: null,
        note: null,
        cancelled: null,
        goodwill: null,
      },
    ];
  });
}
