import type { ReactNode } from "react";
import type { Offer } from "#contracts/offer.ts";

/** What the customer has of the slot: a hold, a payment page already open, a free-for-all slot (the first payer wins), or nothing. */
export type Place =
  | { kind: "hold"; id: string; start: string; expiresAt: string }
  | { kind: "paying"; id: string; start: string; expiresAt: string; booking: { id: string; token: string } }
  | { kind: "race"; start: string }
  | { kind: "none" };

export type DetailsFlowProps = {
  place: Place;
  offer: { link: string; service: string; professional: string };
  /** As it was shown, and frozen where a slot is held. */
  sold: Offer;
  timezone: string;
  locale: string;
  renderedAt: number;
  /** What is paid now, as text. */
  amount: string;
  /** Nothing is due: nobody is asked where to pay, and nothing speaks of paying. */
  isFree: boolean;
  providers: { id: string }[];
  phone: { example: string; callingCode: string } | null;
  tenantName: string;
  timesAddress: string;
  summary: ReactNode;
};
