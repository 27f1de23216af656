import { headers } from "next/headers";
import { cache } from "react";
import type { BookingOptions, BookingState } from "#contracts/checkout.ts";
import { Refusal, type RefusalCode } from "#contracts/problem.ts";
import type { Tone } from "#contracts/settings/tones.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";
import { loadBookingState } from "#queries/booking-state.ts";
import { loadMerchantPage, loadToneOfBooking, type MerchantPage } from "#queries/merchant/merchant-page.ts";
import { atHost } from "#queries/merchant/served-tenant.ts";

export type FoundOptions = { ok: true; options: BookingOptions; page: MerchantPage } | { ok: false; code: RefusalCode };

/** Reads what a link offers once per request, however many components ask. */
export const bookingOptionsOf = cache(async (link: string): Promise<FoundOptions> => {
  try {
    return await atHost((await headers()).get("host"), async () => {
      const [options, page] = await Promise.all([loadBookingOptions(link), loadMerchantPage(link)]);
      return { ok: true, options, page };
    });
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code };
    throw error;
  }
});

/** Returns null for a wrong token as for an unknown booking: nobody can tell them apart. */
export const bookingStateOf = cache(async (bookingId: string, token: string): Promise<BookingState | null> => {
  try {
    return await atHost((await headers()).get("host"), () => loadBookingState({ bookingId, token }));
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
});

/** How its merchant addresses people. Tells nothing else of a booking, so it needs no token. */
export const toneOfBooking = cache(async (bookingId: string): Promise<Tone> => {
  try {
    return await loadToneOfBooking(bookingId);
  } catch (error) {
    if (error instanceof Refusal) return "usual";
    throw error;
  }
});
