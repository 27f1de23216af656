import { z } from "zod";
import { checkoutPaymentStatuses } from "#domain/checkout-states.ts";

/** Two weeks more than a month: a month's view shows the weeks around it. */
export const calendarDaysMax = 45;

export const calendarQuery = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  professional: z.uuid().optional(),
});

const span = { start: z.iso.datetime(), end: z.iso.datetime() };

/** A paid appointment, or somebody's hold on a time while they decide or pay. */
export const calendarEntry = z.object({
  /** Of the booking. Null for a hold whose customer has not told who they are. */
  bookingId: z.uuid().nullable(),
  /** The booking's, or of the claim that holds the time. */
  id: z.uuid(),
  professionalId: z.uuid(),
  ...span,
  /** The span that is kept: the appointment with its buffers. */
  keptFrom: z.iso.datetime(),
  keptUntil: z.iso.datetime(),
  state: z.enum(["held", "paying", "paid", "confirmed"]),
  paymentStatus: z.enum(checkoutPaymentStatuses).nullable(),
  /** What is still to be paid on arrival, in integer minor units. Null of a hold. */
  open: z.object({ amountMinor: z.int().min(0), currency: z.string() }).nullable(),
  /** What it was sold for, and what its service costs today. Null of a hold, and if imported. */
  price: z.object({ soldMinor: z.int().min(0), todayMinor: z.int().min(0), currency: z.string() }).nullable(),
  service: z.object({ id: z.uuid(), name: z.string(), online: z.boolean() }),
  customer: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
});
export type CalendarEntry = z.infer<typeof calendarEntry>;

export const calendarAbsence = z.object({ exceptionId: z.uuid(), note: z.string(), ...span });

export const calendarProfessional = z.object({
  id: z.uuid(),
  name: z.string(),
  photoUrl: z.string().nullable(),
  timezone: z.string(),
  serviceIds: z.array(z.uuid()),
  /** When they work, whoever is away. */
  open: z.array(z.object(span)),
  absences: z.array(calendarAbsence),
});
export type CalendarProfessional = z.infer<typeof calendarProfessional>;

export const calendar = z.object({
  timezone: z.string(),
  ...calendarQuery.pick({ from: true, to: true }).shape,
  professionals: z.array(calendarProfessional),
  entries: z.array(calendarEntry),
  /** There are more entries than one answer holds. */
  isCut: z.boolean(),
});
export type Calendar = z.infer<typeof calendar>;
