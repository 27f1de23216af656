import { Refusal } from "#contracts/problem.ts";
import { isDatabaseDown } from "#platform/db-errors.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";
import { loadBookingState } from "#queries/booking-state.ts";
import { openInvitation } from "#queries/professionals/calendar-invitations.ts";

/** What Next is asked for. An address that is no UTF-8 (`/book/%ff`) is one that does not exist. */
export function readableAddress(address: string): string {
  try {
    decodeURIComponent(address.split("?", 1)[0] ?? "");
    return address;
  } catch {
    return "/unreadable-address";
  }
}

/**
 * Returns 404 for a page whose link or booking cannot be shown, 503 while the database is down.
 * Next's own `notFound` would show the page's words only to browsers with scripts. The page makes
 * both look-ups anyway.
 */
export async function pageStatus(address: string): Promise<404 | 503 | null> {
  const url = new URL(address, "http://page.invalid");
  const invitation = /^\/connect-calendar\/([^/]+)\/?$/.exec(url.pathname)?.[1];
  if (invitation !== undefined) return statusOf(openInvitation(invitation));
  const found = /^\/book\/([^/]+)\/(select|availability|details|confirm)\/?$/.exec(url.pathname);
  if (!found) return null;
  const [, id = "", page] = found;
  if (page === "confirm") return statusOf(loadBookingState({ bookingId: id, token: url.searchParams.get("token") ?? "" }));
  return statusOf(loadBookingOptions(id));
}

async function statusOf(lookUp: Promise<unknown>): Promise<404 | 503 | null> {
  try {
    await lookUp;
    return null;
  } catch (error) {
    if (isDatabaseDown(error)) return 503;
    return error instanceof Refusal ? 404 : null;
  }
}
