import type { ReactNode } from "react";
import type { Question } from "#contracts/answers.ts";
import type { PaymentOffer } from "#contracts/choice/payment-offer.ts";
import type { Offer } from "#contracts/offer.ts";
import type { Entries } from "../kept-visit.ts";

/** A hold, an open payment page, a slot that nobody can hold (the first payer wins), or nothing. */
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
  /** The amount due now, as text. */
  amount: string;
  /** Nothing is due now: the page asks for no provider. */
  isFree: boolean;
  /** What is paid at the place if nothing is due now, as text; null for what costs nothing. */
  paidOnSite: string | null;
  questions: readonly Question[];
  merchantLocale: string;
  /** Accounts that take what is due, in the merchant's order. */
  offers: readonly PaymentOffer[];
  phone: { example: string; callingCode: string } | null;
  tenantName: string;
  /** Of a signed link, or of a booking that did not come about. */
  prefill: Entries;
  /** The customer accepted the terms for that booking, and is told that they do it again. */
  hasAccepted: boolean;
  /** Nobody can hold a time of this service. */
  isRace: boolean;
  timesAddress: string;
  summary: ReactNode;
};
