export const devices = ["phone", "tablet", "desktop"] as const;
export type Device = (typeof devices)[number];

/** Messengers fetch an address to show a preview of it; search engines fetch everything. */
const robots = /bot|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|embedly|curl|wget|python|okhttp/i;
const tablets = /ipad|tablet|playbook|silk|android(?!.*mobile)/i;
const phones = /mobi|iphone|ipod|android/i;

/** From the name that a browser gives itself. Returns null for a robot, and for no name at all. */
export function deviceOf(browser: string | null | undefined): Device | null {
  if (!browser || robots.test(browser)) return null;
  if (tablets.test(browser)) return "tablet";
  return phones.test(browser) ? "phone" : "desktop";
}
