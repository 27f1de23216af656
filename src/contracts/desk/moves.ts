import { z } from "zod";

/** How far ahead a merchant may move a booking. */
export const moveDaysMax = 730;

const minuteMs = 60_000;
/** Whole minutes only: calendars and opening hours know no seconds. */
export const wholeMinute = z.iso.datetime({ offset: true }).refine((text) => Date.parse(text) % minuteMs === 0, "must be a whole minute");
const place = z.strictObject({ professionalId: z.uuid(), start: wholeMinute });

/** The length, the buffers and the price stay as they were sold. */
export const bookingMove = place.extend({
  /** What whoever asks has seen. If it is not so any more, nothing is moved. */
  expected: place,
  /** Whether the customer gets a mail. Professionals and the merchant's server are always told. */
  notify: z.boolean().default(true),
  /** Also where the professional does not work. An absence is never ignored. */
  ignoreHours: z.boolean().default(false),
});

export const movedBooking = z.object({
  id: z.uuid(),
  professionalId: z.uuid(),
  professionalName: z.string(),
  start: z.iso.datetime(),
  end: z.iso.datetime(),
  timezone: z.string(),
  /** How often it was moved. The same as before if there was nothing to move. */
  moves: z.int(),
});
export type MovedBooking = z.infer<typeof movedBooking>;
