import { sql } from "kysely";
import type { Answers, Question } from "#contracts/answers.ts";
import type { Campaign } from "#contracts/links/campaign.ts";
import type { Offer } from "#contracts/offer.ts";
import { latestApproval } from "#domain/hold-times.ts";
import type { CustomerDocument } from "#domain/payment-provider.ts";
import type { Tx } from "#platform/db.ts";
import { newId, newToken } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import type { Catalog } from "#queries/catalog.ts";
import type { Welcome } from "../customers/require-welcome.ts";
import { keepAnswers } from "./keep-answers.ts";

export type Customer = { name: string; email: string; phone: string };
/** `provider` is missing if nothing is due. */
export type Starting = {
  tx: Tx;
  catalog: Catalog;
  customer: Customer;
  answers: Answers;
  locale: string;
  provider: string | undefined;
  campaign: Campaign | undefined;
  /** Of the customer's clock. */
  timezone: string | undefined;
  welcome: Welcome;
  /** Passed on to the provider and stored nowhere. */
  document: CustomerDocument | null;
};

/** What is written of them. */
type Inserting = Pick<Starting, "tx" | "customer" | "answers" | "locale" | "campaign" | "timezone"> & {
  catalog: { tenant: { id: string; latestApprovalMinutes: number }; link: { id: string } };
};

export type SoldSlot = {
  serviceId: string;
  professionalId: string;
  start: Date;
  end: Date;
  /** The span with its buffers, as PostgreSQL writes a tstzrange. */
  during: string;
  /** The end of the countdown. */
  endsAt: Date;
  session: string;
  questions: readonly Question[];
  /** What the customer was shown and accepted. */
  offer: Offer;
  /** A reception makes it: its customer has accepted nothing yet. */
  byHand?: true;
  /** The money is taken now, however soon the appointment is. */
  isNeverLate?: boolean;
};

/** Inserts the checkout and the booking, at the price and on the terms of the offer. */
export async function insertBooking(
  { tx, catalog, customer, answers, locale, campaign, timezone }: Inserting,
  slot: SoldSlot,
): Promise<CheckoutRow> {
  const { offer, byHand = false, isNeverLate = false } = slot;
  const { id: tenantId, latestApprovalMinutes } = catalog.tenant;
  const checkout = await tx
    .insertInto("checkout")
    .values({
      tenant_id: tenantId,
      id: newId(),
      kind: "booking",
      ends_at: slot.endsAt,
      settle_until: isNeverLate ? null : latestApproval(slot.start, latestApprovalMinutes),
      amount_minor: offer.amountMinor,
      currency: offer.currency,
      customer_name: customer.name,
      customer_email: customer.email,
      customer_phone: customer.phone,
      accepted_terms_at: byHand ? null : sql<Date>`now()`,
      locale,
      token: newToken(),
      session: slot.session,
      traits: offer.online ? ["online"] : [],
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("booking")
    .values({
      tenant_id: tenantId,
      id: checkout.id,
      link_id: catalog.link.id,
      service_id: slot.serviceId,
      professional_id: slot.professionalId,
      starts_at: slot.start,
      ends_at: slot.end,
      during: slot.during,
      price_minor: offer.priceMinor,
      charge_type: offer.chargeType,
      capacity_policy: offer.capacityPolicy,
      online: offer.online,
      cancellation: offer.cancellation && JSON.stringify(offer.cancellation),
      campaign: campaign ? JSON.stringify(campaign) : null,
      customer_timezone: timezone ?? null,
      by_hand: byHand,
    })
    .execute();
  await keepAnswers(tx, { tenantId, bookingId: checkout.id, questions: slot.questions, answers });
  return checkout;
}
