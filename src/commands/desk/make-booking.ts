import { type ApiKeyCaller, actorOf, type MemberCaller } from "#contracts/caller.ts";
import type { NewBooking } from "#contracts/desk/by-hand.ts";
import { Refusal } from "#contracts/problem.ts";
import { isLinkEndFit } from "#domain/desk/payment-link.ts";
import { claimEnd, latestPayingEnd } from "#domain/hold-times.ts";
import type { Span } from "#domain/slots.ts";
import { databaseNow } from "#platform/connection-check.ts";
import { inTenant, type Tx } from "#platform/db.ts";
import { newToken } from "#platform/ids.ts";
import type { CheckoutRow } from "#platform/rows.ts";
import { type CatalogService, findOffer, loadTenantCatalog, type TenantCatalog } from "#queries/catalog.ts";
import { sessionHash } from "#queries/session-hash.ts";
import { insertNote } from "../bookings/add-note.ts";
import { insertBooking } from "../bookings/insert-booking.ts";
import { requireWorking } from "../bookings/working-time.ts";
import { askingIfTaken } from "../claims/slot-claims.ts";
import { storedContact } from "../customers/stored-contact.ts";
import { logEvent } from "../log-event.ts";
import { openPayment, scheduleUnbegunEnd } from "../payments/open-payment.ts";
import { requireSomeProvider } from "../payments/payment-connection.ts";
import { takeOnSite } from "../payments/take-on-site.ts";
import { pollPayment } from "../settlement/poll-payment.ts";
import { claimTime, payByClaim } from "./claim-time.ts";
import { deskLink } from "./desk-link.ts";
import { offerByHand } from "./offer-by-hand.ts";
import { mailLink } from "./payment-link.ts";

type Making = { caller: MemberCaller | ApiKeyCaller; input: NewBooking };
type Made = { id: string; paymentId: string | null };

/**
 * A booking that the reception makes: its time is taken like every customer's. With a link it is
 * real once its customer has paid; money that was taken on site is settled at once. Refuses what
 * operations/desk/by-hand.ts lists.
 */
export async function makeBooking({ caller, input }: Making): Promise<{ id: string }> {
  const { tenantId } = caller;
  const catalog = await loadTenantCatalog(tenantId);
  const { service } = findOffer(catalog, input.serviceId, input.professionalId);
  const { id, paymentId } = await askingIfTaken(() => inTenant(tenantId, (tx) => make(tx, { caller, input, catalog, service })));
  // Its own poll would do it a moment later; whoever stands at the desk wants to see it now.
  if (paymentId) await pollPayment({ tenantId, paymentId, isExtra: true });
  return { id };
}

type Given = Making & { catalog: TenantCatalog; service: CatalogService };

async function make(tx: Tx, given: Given): Promise<Made> {
  const { caller, input, catalog, service } = given;
  const { tenant } = catalog;
  const { serviceId, professionalId, ignoreHours: ignoresHours, payment } = input;
  const now = new Date(databaseNow());
  const offer = offerByHand(service, input);
  const isLink = offer.amountMinor > 0 && payment?.by === "link";
  const span = spanOf(input, service, { now, isLink });
  const endsAt = isLink ? linkEnd({ wanted: payment.endsAt, span, now, latestApprovalMinutes: tenant.latestApprovalMinutes }) : soon(now);
  if (isLink) await requireSomeProvider(tx, offer);
  await requireWorking(tx, { professionalId, serviceId, span, ignoresHours, mustGiveService: true });
  const session = sessionHash(newToken());
  const claim = await claimTime(tx, { tenantId: tenant.id, service, professionalId, span, session, offer });
  const checkout = await insertBooking(
    {
      tx,
      catalog: { tenant, link: await deskLink(tx, tenant) },
      customer: storedContact(input.customer, tenant.country),
      answers: {},
      locale: input.locale ?? tenant.locale,
      campaign: undefined,
      timezone: undefined,
    },
    {
      ...{ serviceId, professionalId, session, offer, endsAt, during: claim.during },
      ...{ start: new Date(span.start), end: new Date(span.end), questions: [], byHand: true, isNeverLate: !isLink },
    },
  );
  await payByClaim(tx, { claimId: claim.id, checkoutId: checkout.id, until: claimEnd(endsAt, tenant.answerWaitMinutes) });
  await logMade(tx, given, { checkout, listPriceMinor: service.priceMinor });
  return { id: checkout.id, paymentId: await askForMoney(tx, { caller, input, checkout, now }) };
}

/** A link needs time to be paid in. Whoever pays at the desk may be there already. */
function spanOf({ start: startsAt }: NewBooking, { rules }: CatalogService, { now, isLink }: { now: Date; isLink: boolean }): Span {
  const start = Date.parse(startsAt);
  const end = start + rules.durationMinutes * 60_000;
  if ((isLink ? start : end) <= now.getTime()) throw new Refusal("time_past");
  if (start > now.getTime() + daysAheadMax * 86_400_000)
    throw new Refusal("invalid_request", `At most ${daysAheadMax} days ahead.`, [{ path: "start", message: "is too far ahead" }]);
  return { start, end };
}
const daysAheadMax = 730;

type Ending = { wanted: string; span: Span; now: Date; latestApprovalMinutes: number };

/** Refuses: link_end_unfit. */
function linkEnd({ wanted, span, now, latestApprovalMinutes }: Ending): Date {
  const end = new Date(wanted);
  const latest = latestPayingEnd(new Date(span.start), latestApprovalMinutes);
  if (!isLinkEndFit({ wanted: end, now, latest })) throw new Refusal("link_end_unfit");
  return end;
}

/** The money is there: it only has to be settled, after a crash too. */
const soon = (now: Date): Date => new Date(now.getTime() + 15 * 60_000);

async function logMade(tx: Tx, { caller, input }: Given, made: { checkout: CheckoutRow; listPriceMinor: number }): Promise<void> {
  const { checkout, listPriceMinor } = made;
  const { tenant_id: tenantId, id } = checkout;
  const actor = actorOf(caller);
  const priceMinor = input.priceMinor ?? listPriceMinor;
  await logEvent(tx, {
    tenantId,
    subject: { kind: "checkout", id },
    kind: "booking.created",
    details: { byHand: true, priceMinor, ...(priceMinor !== listPriceMinor && { listPriceMinor }) },
    actor,
    origin: caller.origin,
  });
  if (input.note) await insertNote(tx, { tenantId, bookingId: id, text: input.note, actor, origin: caller.origin });
}

type Asking = Making & { checkout: CheckoutRow; now: Date };

/** Returns the payment that only has to be settled; null while a customer must pay. */
async function askForMoney(tx: Tx, { caller, input: { payment }, checkout, now }: Asking): Promise<string | null> {
  if (checkout.amount_minor === 0) return (await openPayment(tx, { checkout, provider: undefined, now })).id;
  if (!payment) throw new Refusal("invalid_request", undefined, [{ path: "payment", message: "is missing" }]);
  if (payment.by === "on_site") {
    const { by: _, ...taken } = payment;
    return (await takeOnSite(tx, { caller, checkout, taken, now })).id;
  }
  await scheduleUnbegunEnd(tx, checkout);
  if (payment.mail) await mailLink(tx, { caller, checkout });
  return null;
}
