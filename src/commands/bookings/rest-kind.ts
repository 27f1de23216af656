import { followUps } from "#domain/follow-ups.ts";
import type { Tx } from "#platform/db.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { bookingPart } from "./booking-part.ts";
import { bookingOfRest } from "./booking-rest.ts";

/**
 * What is left of a booking's price after its deposit. It claims nothing: the booking has its time.
 * What follows its payment follows on the booking (jobs/tell-rest-paid.ts).
 */
export const restKind = {
  capacity: "none" as const,
  followUps: {
    created: followUps["rest.created"],
    paid: followUps["rest.paid"],
    confirmed: followUps["rest.confirmed"],
    expired: followUps["rest.expired"],
    failed: followUps["rest.failed"],
    cancelled: followUps["rest.cancelled"],
  },
  requireAvailable: async () => {},
  isClaimAlive: async () => false,
  claimAgain: async () => true,
  keepClaim: async () => {},
  letGo: async () => {},
  requireCancellable: async () => {},
  backByTerms: async () => null,
  nextDue: async () => null,
  purchaseOf: async (tx: Tx, { id }: CheckoutRow) => (await bookingOfRest(tx, id)).id,
  reversedPart: async () => null,
  keepNote: async () => {},
  isReady: async () => true,
  /** Only double payments are told so. Their facts are counted apart from the booking's. */
  async callbackPart(tx: Tx, checkout: CheckoutRow) {
    return { ...(await bookingPart(tx, await bookingOfRest(tx, checkout.id))), resto_id: checkout.id };
  },
};
