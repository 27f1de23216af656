import { z } from "zod";
import { exceptionDaysMax } from "#domain/professionals/limits.ts";
import { openingExceptionKinds } from "#domain/professionals/openings.ts";
import { calendarDate } from "./dates.ts";

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must look like 08:00");
const noteMax = 200;

/** Dates and times are the professional's wall clock. */
const exceptionFields = {
  kind: z.enum(openingExceptionKinds),
  from: calendarDate,
  /** Inclusive. */
  to: calendarDate,
  /** Null for whole days; an extra day needs both times. */
  startsAt: clock.nullable(),
  endsAt: clock.or(z.literal("24:00")).nullable(),
  /** For the merchant's people. Customers never see it. */
  note: z.string().trim().max(noteMax),
};

/** A program may choose the id, so that it can repeat a request. */
export const newOpeningException = z
  .strictObject(exceptionFields)
  .partial({ startsAt: true, endsAt: true, note: true })
  .extend({ id: z.uuid().optional() })
  .superRefine((given, { addIssue }) => {
    const wrong = (path: string, message: string) => addIssue({ code: "custom", path: [path], message });
    if (given.to < given.from) wrong("to", "is before from");
    if (Date.parse(given.to) - Date.parse(given.from) >= exceptionDaysMax * 86_400_000) wrong("to", `at most ${exceptionDaysMax} days`);
    const { startsAt = null, endsAt = null } = given;
    if (startsAt === null && (endsAt !== null || given.kind === "extra")) wrong("startsAt", "is missing");
    if (endsAt === null && (startsAt !== null || given.kind === "extra")) wrong("endsAt", "is missing");
    if (startsAt !== null && endsAt !== null && endsAt <= startsAt) wrong("endsAt", "is not after startsAt");
  });
export type NewOpeningException = z.infer<typeof newOpeningException>;

/** A paid appointment that lies in an absence. It stays until somebody moves it. */
export const bookingInTheWay = z.object({
  id: z.uuid(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  serviceName: z.string(),
  customerName: z.string(),
});
export type BookingInTheWay = z.infer<typeof bookingInTheWay>;

export const openingException = z.object({
  id: z.uuid(),
  ...exceptionFields,
  /** An extra day that an absence covers wholly: nothing is offered on it. */
  isCovered: z.boolean(),
  /** Null for callers who may not see this professional's bookings. */
  bookings: z.array(bookingInTheWay).nullable(),
  /** More than are listed. */
  bookingsCount: z.int(),
  /** Customers who are paying for such a slot at this moment. */
  holdsCount: z.int(),
});
export type OpeningExceptionAnswer = z.infer<typeof openingException>;
export const openingExceptions = z.object({ timezone: z.string(), exceptions: z.array(openingException) });
export type OpeningExceptions = z.infer<typeof openingExceptions>;
