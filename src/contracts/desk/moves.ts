import { z } from "zod";
import { differenceChoices } from "#domain/desk/price-difference.ts";

/** How far ahead a merchant may move a booking. */
export const moveDaysMax = 730;

const minuteMs = 60_000;
/** Whole minutes only: calendars and opening hours know no seconds. */
export const wholeMinute = z.iso.datetime({ offset: true }).refine((text) => Date.parse(text) % minuteMs === 0, "must be a whole minute");
const place = z.strictObject({ professionalId: z.uuid(), start: wholeMinute });

/** In integer minor units, of the whole booking. */
const priceMinor = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
export const priceChange = z.strictObject({
  /** What it costs at its new place. */
  priceMinor,
  /** What whoever asks has seen that it costs. */
  fromMinor: priceMinor,
  /**
   * `ask`: the customer owes the difference, as the booking's rest. `refund`: they get it back, as
   * far as it was paid. `leave`: neither; the booking costs what it did.
   */
  difference: z.enum(differenceChoices),
});
export type PriceChange = z.infer<typeof priceChange>;

/** Length and buffers stay as they were sold. So does the price, unless another is given. */
export const bookingMove = place.extend({
  /** What whoever asks has seen. If it is not so any more, nothing is moved. */
  expected: place,
  /** Whether the customer gets a mail. Professionals and the merchant's server are always told. */
  notify: z.boolean().default(true),
  /** Also where the professional does not work. An absence is never ignored. */
  ignoreHours: z.boolean().default(false),
  price: priceChange.optional(),
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
