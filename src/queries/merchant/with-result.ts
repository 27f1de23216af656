/**
 * The merchant's page with what was paid there. Returns null unless it is a web address, because
 * the page makes a link of it.
 */
export function withResult(returnUrl: string | null, checkoutId: string): string | null {
  const url = URL.parse(returnUrl ?? "");
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return null;
  url.searchParams.set("status", "ok");
  url.searchParams.set("ref", checkoutId);
  return url.toString();
}
