import { cookies } from "next/headers";
import { cache } from "react";
import { loadOwnHold } from "#queries/own-hold.ts";
import { cookieName, issuedSession } from "#queries/sessions.ts";

/** The API sets this cookie with the first hold. */
export async function checkoutSession(): Promise<string | null> {
  return issuedSession("browser", (await cookies()).get(cookieName())?.value);
}

/** Finds the browser's live hold, or the claim whose payment page it has opened. */
export const ownHoldOf = cache(async (link: string) => {
  const session = await checkoutSession();
  return session ? loadOwnHold({ link, session }) : null;
});
