import { cookies } from "next/headers";
import { cache } from "react";
import { loadOwnHold } from "#queries/own-hold.ts";

/** The customer's session, written by the API with the first hold. */
export async function checkoutSession(): Promise<string | null> {
  return (await cookies()).get("checkout_session")?.value ?? null;
}

/** The live hold of the browser that asks, or the claim whose payment page it has opened. */
export const ownHoldOf = cache(async (link: string) => {
  const session = await checkoutSession();
  return session ? loadOwnHold({ link, session }) : null;
});
