import type { Caller } from "#contracts/caller.ts";
import type { Offer } from "#contracts/offer.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Tx } from "#platform/db.ts";
import { readWelcome } from "#queries/customers/welcome.ts";

type Coming = { caller: Caller; customer: { email: string; phone: string } };
export type Welcome = { paysInFull: boolean };

/** For bookings online. People at the desk book for whom they want. Refuses: customer_blocked. */
export async function requireWelcome(tx: Tx, { caller, customer }: Coming): Promise<Welcome> {
  if (caller.kind !== "customer") return { paysInFull: false };
  const { isBlocked, paysInFull } = await readWelcome(tx, customer);
  if (isBlocked) throw new Refusal("customer_blocked");
  return { paysInFull };
}

/** What is sold to whoever is offered no deposit. Returns the offer itself if nothing changes. */
export function offerFor({ paysInFull }: Welcome, offer: Offer): Offer {
  if (!paysInFull || offer.amountMinor === offer.priceMinor) return offer;
  return { ...offer, amountMinor: offer.priceMinor, chargeType: "total" };
}
