import { env } from "#platform/env.ts";

export const cartCookieDays = 60;

/** A browser's cart in one shop; its value is the cart's id. `__Host-` binds it to this host. */
export function cartCookieName(tenantId: string): string {
  return `${env().APP_URL.startsWith("https:") ? "__Host-" : ""}cart_${tenantId}`;
}
