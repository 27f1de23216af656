import { env } from "#platform/env.ts";

/** Where this installation is reached from outside. */
export function siteAddress(): URL {
  return new URL(env().APP_URL);
}
