import { sql } from "kysely";
import type { BookingAnswer, BookingRequest } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { claimEnd, payingEnd, payingPerSessionMax, unclaimedBookingMinutes } from "#domain/hold-times.ts";
import { amountDue } from "#domain/money.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newId, newToken } from "#platform/ids.ts";
import { type Catalog, findOffer, loadCatalog } from "#queries/catalog.ts";
import { sessionHash } from "#queries/own-hold.ts";
import { scheduleExpiry } from "../checkouts/expire-checkout.ts";
import { requireOffered } from "../claims/hold-slot.ts";
import { logEvent } from "../log-event.ts";
import { fetchCheckoutUrl, type OpenedPayment, openPayment } from "../payments/open-payment.ts";
import { e164, requirePayable } from "./payable.ts";

type StartedBooking = { id: string; token: string; payment: OpenedPayment };
type Input = { request: BookingRequest; session: string | null; locale: string | null };
type Customer = { name: string; email: string; phone: string };

/**
 * From hold to payment page: `held → paying`, the booking, its payment and reference in one transaction; then the provider's page.
 * The same session asking again for the same hold (Back, a second tab, a lost answer) gets the same booking.
 * Refuses: link_*, hold_unknown, hold_expired, too_many_payments, slot_not_offered, phone_invalid, provider_not_offered, amount_not_payable, already_paid, provider_unavailable.
 */
export async function startBooking(input: Input): Promise<BookingAnswer> {
  const { request } = input;
  const catalog = await loadCatalog(request.link);
  const customer = { ...request.customer, phone: e164(request.customer.phone, catalog.tenant.country) };
  const connection = catalog.connections.find((candidate) => candidate.provider === request.provider);
  if (!connection) throw new Refusal("provider_not_offered");
  const locale = input.locale ?? catalog.tenant.locale;
  const started = await inTenant(catalog.tenant.id, (tx) => {
    const context = { tx, catalog, customer, locale, connectionId: connection.id, input };
    return "holdId" in request ? startFromHold(context, request.holdId) : startUnclaimed(context, request);
  });
  const checkoutUrl =
    started.payment.checkoutUrl ??
    (await fetchCheckoutUrl(started.payment, {
      tenantId: catalog.tenant.id,
      id: started.id,
      token: started.token,
      connectionId: connection.id,
      description: catalog.tenant.name,
      locale,
      customer,
    }));
  return {
    id: started.id,
    token: started.token,
    status: "pending",
    paymentStatus: "pending",
    amountMinor: started.payment.amountMinor,
    currency: started.payment.currency,
    reference: started.payment.reference,
    checkoutUrl,
    expiresAt: started.payment.expiresAt.toISOString(),
  };
}

type Context = { tx: Tx; catalog: Catalog; customer: Customer; locale: string; connectionId: string; input: Input };

async function startFromHold(context: Context, holdId: string): Promise<StartedBooking> {
  const { tx, catalog, input } = context;
  if (!input.session) throw new Refusal("hold_unknown");
  const session = sessionHash(input.session);
  const claim = await tx.selectFrom("slot_claim").selectAll().where("id", "=", holdId).where("session", "=", session).executeTakeFirst();
  if (!claim) throw new Refusal("hold_unknown");
  if (claim.booking_id) return continueBooking(context, claim.booking_id);
  const { rows } = await sql<{ now: Date; paying: number }>`select now() as now, (select count(*) from slot_claim
    where session = ${session} and tenant_id = ${catalog.tenant.id} and state = 'paying' and expires_at > now()) as paying`.execute(tx);
  const { now = new Date(), paying = 0 } = rows[0] ?? {};
  // Holds are counted per address where they are taken; an unpaid payment page keeps a slot longer, so one customer opens few.
  if (paying >= payingPerSessionMax) throw new Refusal("too_many_payments");
  const expiresAt = payingEnd({ heldAt: claim.created_at, now, holdMinutes: catalog.tenant.holdMinutes });
  const slot = { serviceId: claim.service_id, professionalId: claim.professional_id, start: claim.starts_at, end: claim.ends_at };
  const booking = await insertBooking(context, { ...slot, expiresAt, session });
  const moved = await tx
    .updateTable("slot_claim")
    .set({ state: "paying", booking_id: booking.id, expires_at: claimEnd(expiresAt) })
    .where("id", "=", holdId)
    .where("state", "=", "held")
    .where("expires_at", ">", sql<Date>`now()`)
    .executeTakeFirst();
  if (moved.numUpdatedRows === 0n) {
    const other = await tx.selectFrom("slot_claim").select(["booking_id"]).where("id", "=", holdId).executeTakeFirst();
    // Another tab of the same customer was faster: this booking goes, that one is continued.
    if (!other?.booking_id) throw new Refusal("hold_expired");
    await tx.deleteFrom("booking").where("id", "=", booking.id).execute();
    return continueBooking(context, other.booking_id);
  }
  return openFirstPayment(context, booking, { expiresAt, now });
}

/** Policy first_payer_wins: nothing is claimed until money is settled. */
async function startUnclaimed(
  context: Context,
  request: { serviceId: string; professionalId: string; start: string },
): Promise<StartedBooking> {
  const { tx, catalog } = context;
  const { service, professional } = findOffer(catalog, request.serviceId, request.professionalId);
  if (service.capacityPolicy !== "first_payer_wins") throw new Refusal("hold_unknown", "This service needs a hold first.");
  const slot = requireOffered({ service, professional, start: request.start });
  const taken = await sql<{ taken: boolean }>`select exists (select from slot_claim where tenant_id = ${catalog.tenant.id}
    and professional_id = ${professional.id} and state = 'booked' and during && tstzrange(${new Date(slot.start)}, ${new Date(slot.end)})) as taken`.execute(
    tx,
  );
  if (taken.rows[0]?.taken) throw new Refusal("slot_taken");
  const now = new Date();
  const expiresAt = new Date(now.getTime() + unclaimedBookingMinutes * 60_000);
  const span = { serviceId: service.id, professionalId: professional.id, start: new Date(slot.start), end: new Date(slot.end) };
  const booking = await insertBooking(context, { ...span, expiresAt, session: sessionHash(context.input.session ?? newToken()) });
  return openFirstPayment(context, booking, { expiresAt, now });
}

type NewBooking = { id: string; token: string; amountMinor: number; currency: string };

async function insertBooking(
  context: Context,
  slot: { serviceId: string; professionalId: string; start: Date; end: Date; expiresAt: Date; session: string },
): Promise<NewBooking> {
  const { tx, catalog, customer, locale } = context;
  const { service } = findOffer(catalog, slot.serviceId, slot.professionalId);
  const booking = { id: newId(), token: newToken(), amountMinor: amountDue(service), currency: service.currency };
  requirePayable(context.input.request.provider, booking);
  await tx
    .insertInto("booking")
    .values({
      tenant_id: catalog.tenant.id,
      id: booking.id,
      link_id: catalog.link.id,
      service_id: service.id,
      professional_id: slot.professionalId,
      starts_at: slot.start,
      ends_at: slot.end,
      hold_expires_at: slot.expiresAt,
      customer_name: customer.name,
      customer_email: customer.email,
      customer_phone: customer.phone,
      accepted_terms_at: sql<Date>`now()`,
      locale,
      price_minor: service.priceMinor,
      amount_minor: booking.amountMinor,
      currency: service.currency,
      charge_type: service.chargeType,
      capacity_policy: service.capacityPolicy,
      online: service.online,
      token: booking.token,
      session: slot.session,
    })
    .execute();
  return booking;
}

async function openFirstPayment(context: Context, booking: NewBooking, times: { expiresAt: Date; now: Date }): Promise<StartedBooking> {
  const { tx, catalog, connectionId, input } = context;
  const tenantId = catalog.tenant.id;
  await logEvent(tx, { tenantId, subject: { kind: "booking", id: booking.id }, kind: "booking.created", actor: "customer" });
  await scheduleExpiry(tx, { tenantId, bookingId: booking.id, visibleEnd: times.expiresAt });
  const { amountMinor, currency } = booking;
  const payment = await openPayment(tx, {
    tenantId,
    bookingId: booking.id,
    connectionId,
    provider: input.request.provider,
    amountMinor,
    currency,
    ...times,
  });
  return { id: booking.id, token: booking.token, payment };
}

/** The customer is back with the same hold: their details may have changed; an open payment page is reused. */
async function continueBooking(context: Context, bookingId: string): Promise<StartedBooking> {
  const { tx, catalog, customer, connectionId, input } = context;
  const booking = await tx.selectFrom("booking").selectAll().where("id", "=", bookingId).forUpdate().executeTakeFirstOrThrow();
  if (booking.paid_charge_id) throw new Refusal("already_paid");
  const now = new Date();
  if (booking.status !== "pending" || booking.hold_expires_at <= now) throw new Refusal("hold_expired");
  await tx
    .updateTable("booking")
    .set({ customer_name: customer.name, customer_email: customer.email, customer_phone: customer.phone, updated_at: sql`now()` })
    .where("id", "=", bookingId)
    .execute();
  const open = await tx
    .selectFrom("payment")
    .selectAll()
    .where("booking_id", "=", bookingId)
    .where("connection_id", "=", connectionId)
    .where("status", "in", ["created", "pending"])
    .orderBy("created_at", "desc")
    .executeTakeFirst();
  const { amount_minor: amountMinor, currency, hold_expires_at: expiresAt } = booking;
  if (open) {
    const payment = {
      paymentId: open.id,
      reference: open.reference,
      amountMinor,
      currency,
      expiresAt: open.expires_at,
      checkoutUrl: open.checkout_url,
    };
    return { id: booking.id, token: booking.token, payment };
  }
  const tenantId = catalog.tenant.id;
  const payment = await openPayment(tx, {
    tenantId,
    bookingId,
    connectionId,
    provider: input.request.provider,
    amountMinor,
    currency,
    expiresAt,
    now,
  });
  return { id: booking.id, token: booking.token, payment };
}
