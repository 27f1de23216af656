import { Refusal } from "#contracts/problem.ts";
import { isDatabaseDown } from "#platform/db-errors.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";
import { loadBookingState } from "#queries/booking-state.ts";
import { loadMerchantTerms } from "#queries/merchant/merchant-page.ts";
import { atHost } from "#queries/merchant/served-tenant.ts";

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
export async function pageStatus(address: string, host: string | undefined): Promise<404 | 503 | null> {
  const url = new URL(address, "http://page.invalid");
  const found =
    /^\/book\/([^/]+)\/(select|availability|details|confirm)\/?$/.exec(url.pathname) ?? /^\/terms\/([^/]+)\/?$/.exec(url.pathname);
  if (!found) return null;
  const [, id = "", page = "terms"] = found;
  const token = url.searchParams.get("token") ?? "";
  const look = { confirm: () => loadBookingState({ bookingId: id, token }), terms: () => loadMerchantTerms(id) };
  try {
    await atHost(host, async () => (page === "confirm" || page === "terms" ? look[page]() : loadBookingOptions(id)));
    return null;
  } catch (error) {
    if (isDatabaseDown(error)) return 503;
    return error instanceof Refusal ? 404 : null;
  }
}
