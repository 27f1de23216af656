import { cache } from "react";
import type { BookingOptions } from "#contracts/checkout.ts";
import { Refusal, type RefusalCode } from "#contracts/problem.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";

export type FoundOptions = { ok: true; options: BookingOptions } | { ok: false; code: RefusalCode };

/** Reads what a link offers once per request, however many components ask. */
export const bookingOptionsOf = cache(async (link: string): Promise<FoundOptions> => {
  try {
    return { ok: true, options: await loadBookingOptions(link) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code };
    throw error;
  }
});
