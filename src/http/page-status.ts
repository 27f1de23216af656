import { Refusal } from "#contracts/problem.ts";
import { isDatabaseDown } from "#platform/db-errors.ts";
import { loadBookingOptions } from "#queries/booking-options.ts";
import { loadBookingState } from "#queries/booking-state.ts";
import { loadMerchantTerms } from "#queries/merchant/merchant-page.ts";
import { atHost } from "#queries/merchant/served-tenant.ts";
import { openInvitation } from "#queries/professionals/calendar-invitations.ts";
import { loadOrderSession } from "#queries/shop/order-session-state.ts";
import { loadStoreProduct } from "#queries/shop/products.ts";
import { loadShopFront } from "#queries/shop/shop-front.ts";

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
 * Returns 404 for a page whose link, booking or invitation cannot be shown, 503 while the database
 * is down. Next's own `notFound` would show the page's words only to browsers with scripts. The
 * page makes the look-ups anyway.
 */
export async function pageStatus(address: string, host: string | undefined): Promise<404 | 503 | null> {
  const url = new URL(address, "http://page.invalid");
  const look = lookUpOf(url);
  if (!look) return null;
  try {
    await atHost(host, look);
    return null;
  } catch (error) {
    if (isDatabaseDown(error)) return 503;
    return error instanceof Refusal ? 404 : null;
  }
}

function lookUpOf({ pathname, searchParams }: URL): (() => Promise<unknown>) | null {
  const [, bookId = "", page] = /^\/book\/([^/]+)\/(select|availability|details|confirm)\/?$/.exec(pathname) ?? [];
  if (page === "confirm") return () => loadBookingState({ bookingId: bookId, token: searchParams.get("token") ?? "" });
  if (page) return () => loadBookingOptions(bookId);
  const [, slug, shopPage = "", productId = ""] = /^\/shop\/([^/]+)(?:\/(cart|checkout|terms|products\/([^/]+)))?\/?$/.exec(pathname) ?? [];
  if (slug) return () => (shopPage.startsWith("products/") ? requireProduct(slug, productId) : loadShopFront(slug));
  const [, orderId] = /^(?:\/[a-z]{2})?\/order\/confirmed\/([^/]+)(?:\/receipt)?\/?$/.exec(pathname) ?? [];
  if (orderId) return () => loadOrderSession({ orderId, token: searchParams.get("token") ?? "" });
  const terms = /^\/terms\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (terms) return () => loadMerchantTerms(terms);
  const invitation = /^\/connect-calendar\/([^/]+)\/?$/.exec(pathname)?.[1];
  return invitation ? () => openInvitation(invitation) : null;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function requireProduct(shop: string, productId: string): Promise<unknown> {
  if (!uuid.test(productId)) throw new Refusal("product_unknown");
  return loadStoreProduct({ shop, productId });
}
