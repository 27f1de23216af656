import { sql } from "kysely";
import type { Caller } from "#contracts/caller.ts";
import type { BookingRequest, CheckoutAnswer } from "#contracts/checkout.ts";
import { offer as frozenOffer, type Offer, type OfferSeen } from "#contracts/offer.ts";
import { Refusal } from "#contracts/problem.ts";
import { claimEnd, latestPayingEnd, payingEnd, payingPerSessionMax, unclaimedMinutes } from "#domain/hold-times.ts";
import { spanWithBuffers } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newToken } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { findOffer, loadCatalog } from "#queries/catalog.ts";
import { sessionHash } from "#queries/session-hash.ts";
import { requireOffered } from "../claims/hold-slot.ts";
import { offerOf, requireSeen } from "../claims/offer-seen.ts";
import { askingIfTaken, letOwnHoldsGo, requireFree } from "../claims/slot-claims.ts";
import { offerFor, requireWelcome } from "../customers/require-welcome.ts";
import { storedContact } from "../customers/stored-contact.ts";
import { checkoutAnswer, type Opened } from "../payments/checkout-answer.ts";
import { openPayment } from "../payments/open-payment.ts";
import { continueBooking } from "./continue-booking.ts";
import { insertBooking, type Starting } from "./insert-booking.ts";

/** A browser gets this session with its booking. `onRenewed` is told even if a refusal follows. */
type Renewal = { session: string; onRenewed: () => void };
type Start = { caller: Caller; input: { request: BookingRequest; locale: string | null; renewal?: Renewal | null } };

/**
 * Moves the claim `held → paying` and opens the booking and its payment in one transaction; then
 * asks for the provider's page. If the same session repeats it (Back, a second tab), it gets the
 * same booking. Refuses what operations/bookings.ts lists.
 */
export async function startBooking({ caller, input }: Start): Promise<CheckoutAnswer> {
  const { request } = input;
  const catalog = await loadCatalog(request.link);
  const { tenant } = catalog;
  const session = caller.kind === "customer" ? caller.session : null;
  const { renewal } = input;
  const renewed = renewal ? sessionHash(renewal.session) : null;
  const customer = storedContact(request.customer, tenant.country);
  const start = async (tx: Tx): Promise<Opened> => {
    const welcome = await requireWelcome(tx, { caller, customer });
    const { answers = {}, provider, connection: connectionId, document = null, campaign, timezone } = request;
    const locale = input.locale ?? tenant.locale;
    const starting: Starting = { tx, catalog, customer, answers, locale, provider, connectionId, document, campaign, timezone, welcome };
    if ("holdId" in request) return startFromHold(starting, { holdId: request.holdId, seen: request.seen, session, renewed });
    return startUnclaimed(starting, request, { session, isBrowser: caller.kind === "customer" && caller.isBrowser === true });
  };
  const started = await askingIfTaken(() => inTenant(tenant.id, start));
  if (started.checkout.session === renewed) renewal?.onRenewed();
  return checkoutAnswer({ ...started, description: tenant.name, document: request.document ?? null });
}

type From = { holdId: string; seen: OfferSeen | undefined; session: string | null; renewed: string | null };

async function startFromHold(starting: Starting, given: From): Promise<Opened> {
  const { tx, catalog } = starting;
  const { holdId, seen, renewed } = given;
  if (!given.session) throw new Refusal("hold_unknown");
  const old = sessionHash(given.session);
  const session = renewed ?? old;
  const claim = await tx
    .selectFrom("slot_claim")
    .selectAll()
    .where("id", "=", holdId)
    .where("session", "in", [old, session])
    .executeTakeFirst();
  if (!claim) throw new Refusal("hold_unknown");
  const { service } = findOffer(catalog, claim.service_id, claim.professional_id);
  const { questions } = service;
  const frozen = frozenOffer.parse(claim.offer);
  if (claim.checkout_id) {
    requireSeen(seen, frozen);
    return continueBooking(starting, { checkoutId: claim.checkout_id, questions });
  }
  const offer = soldTo(starting, frozen, seen);
  const now = await refuseTooManyPages(tx, { holdId, old, session, tenantId: catalog.tenant.id });
  const { latestApprovalMinutes } = catalog.tenant;
  const holdMinutes = service.holdMinutes ?? catalog.tenant.holdMinutes;
  const latest = latestPayingEnd(claim.starts_at, latestApprovalMinutes);
  const endsAt = payingEnd({ heldAt: claim.created_at, now, holdMinutes, latest });
  if (endsAt <= now) throw new Refusal("hold_expired");
  const slot = { serviceId: claim.service_id, professionalId: claim.professional_id, start: claim.starts_at, end: claim.ends_at };
  const checkout = await insertBooking(starting, { ...slot, during: claim.during, endsAt, session, questions, offer });
  const moved = await tx
    .updateTable("slot_claim")
    .set({
      state: "paying",
      checkout_id: checkout.id,
      expires_at: claimEnd(endsAt, catalog.tenant.answerWaitMinutes),
      session,
      offer: JSON.stringify(offer),
    })
    .where("id", "=", holdId)
    .where("state", "=", "held")
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
  if (moved.numUpdatedRows > 0n) return openFirstPayment(starting, checkout, now);
  const other = await tx.selectFrom("slot_claim").select("checkout_id").where("id", "=", holdId).executeTakeFirst();
  // Another tab of the customer was faster: its booking is continued and this one is deleted.
  if (!other?.checkout_id) throw new Refusal("hold_expired");
  await tx.deleteFrom("checkout").where("id", "=", checkout.id).execute();
  return continueBooking(starting, { checkoutId: other.checkout_id, questions });
}

/**
 * Whoever is offered no deposit is told before they pay: a request that has not seen the full price
 * is refused, too. Refuses: price_changed, with what holds for them.
 */
function soldTo({ welcome }: Starting, offered: Offer, seen: OfferSeen | undefined): Offer {
  const offer = offerFor(welcome, offered);
  requireSeen(seen, offer);
  if (!seen && offer !== offered) throw new Refusal("price_changed", undefined, undefined, { offer: offer });
  return offer;
}

type By = { holdId: string; old: string; session: string; tenantId: string };

/**
 * An unpaid payment page keeps a slot longer than a hold, so a customer may open only a few. In the
 * same round trip the rest of a browser's session goes to the new one.
 */
async function refuseTooManyPages(tx: Tx, by: By): Promise<Date> {
  const renewal = by.session === by.old ? sql`null` : sql`renew_session(${by.old}, ${by.session}, ${by.holdId})`;
  const { rows } = await sql<{ now: Date; paying: number }>`select now() as now, (select count(*) from slot_claim
    where session = ${by.old} and tenant_id = ${by.tenantId} and state = 'paying' and expires_at > now()) as paying,
    ${renewal} as renewal`.execute(tx);
  const { now = new Date(databaseNow()), paying = 0 } = rows[0] ?? {};
  if (paying >= payingPerSessionMax) throw new Refusal("too_many_payments");
  return now;
}

/** Policy first_payer_wins: nothing is claimed before the payment settles. */
async function startUnclaimed(
  starting: Starting,
  request: { serviceId: string; professionalId: string; start: string; seen?: OfferSeen | undefined },
  by: { session: string | null; isBrowser: boolean },
): Promise<Opened> {
  const { tx, catalog } = starting;
  const { service, professional } = findOffer(catalog, request.serviceId, request.professionalId);
  if (service.capacityPolicy !== "first_payer_wins") throw new Refusal("hold_unknown", "This service needs a hold first.");
  const offer = soldTo(starting, offerOf(service), request.seen);
  const slot = requireOffered({ service, professional, start: request.start });
  const span = spanWithBuffers(slot, service.rules);
  const during = `[${new Date(span.start).toISOString()},${new Date(span.end).toISOString()})`;
  if (by.session) await letOwnHoldsGo(tx, sessionHash(by.session));
  await requireFree(tx, { tenantId: catalog.tenant.id, professionalId: professional.id, during });
  const now = new Date(databaseNow());
  const latest = latestPayingEnd(new Date(slot.start), catalog.tenant.latestApprovalMinutes);
  const checkout = await insertBooking(starting, {
    serviceId: service.id,
    professionalId: professional.id,
    start: new Date(slot.start),
    end: new Date(slot.end),
    during,
    endsAt: new Date(Math.min(now.getTime() + unclaimedMinutes * 60_000, latest.getTime())),
    // A browser's page knows this booking by its token: no session of a browser is tied to it.
    session: sessionHash((by.isBrowser ? null : by.session) ?? newToken()),
    questions: service.questions,
    offer,
  });
  return openFirstPayment(starting, checkout, now);
}

async function openFirstPayment({ tx, provider, connectionId, document }: Starting, checkout: CheckoutRow, now: Date): Promise<Opened> {
  const subject = { kind: "checkout", id: checkout.id } as const;
  const begins = { tenantId: checkout.tenant_id, subject, kind: "booking.created", actor: "customer" } as const;
  return {
    checkout,
    payment: await openPayment(tx, { checkout, provider, connectionId, hasDocument: document !== null, begins, now }),
  };
}
