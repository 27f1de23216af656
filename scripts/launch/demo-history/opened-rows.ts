import { answerRows } from "#commands/bookings/keep-answers.ts";
import { offerOf } from "#commands/claims/offer-seen.ts";
import { demo } from "#db/demo.ts";
import { answerFrom, latestApproval, latestPayingEnd, payingEnd } from "#domain/hold-times.ts";
import { newId, newReference, newToken } from "#platform/ids.ts";
import { paymentProvider } from "#providers/payments/registry.ts";
import type { Catalog } from "#queries/catalog.ts";
import { sessionHash } from "#queries/session-hash.ts";
import type { Appointment } from "./agenda.ts";
import type { Visit } from "./plan.ts";
import type { Row } from "./rows.ts";
import { complaints } from "./words.ts";

const { tenantId } = demo;
export const freeConnectionId = tenantId;
const secondsToDecide = 95;

/** What a customer leaves who has come as far as the payment page. */
export function openedRows(visit: Visit, { tenant }: Catalog) {
  const place = visit.moved?.from ?? visit;
  const checkout = checkoutRow(visit, { place, tenant });
  const booking = bookingRow(visit, { place, id: checkout.id, timezone: tenant.timezone });
  const heldAt = heldAtOf(visit);
  const claim = {
    ...{ tenant_id: tenantId, id: newId(heldAt), checkout_id: checkout.id, session: checkout.session },
    ...{ offer: offerOf(visit.service), ...placeOf(place), created_at: new Date(heldAt) },
    state: "paying" as NonNullable<Row<"slot_claim">["state"]>,
  };
  return { checkout, booking, claim, payment: paymentRow(visit, checkout), answers: answersOf(visit, checkout.id) };
}

const heldAtOf = ({ bookedAt }: Visit): number => bookedAt - secondsToDecide * 1000;

type Where = { place: Appointment; tenant: Catalog["tenant"] };

function checkoutRow(visit: Visit, { place, tenant }: Where) {
  const { customer, service, bookedAt } = visit;
  const { amountMinor, currency, online } = offerOf(service);
  const start = new Date(place.start);
  const now = new Date(bookedAt);
  const holdMinutes = service.holdMinutes ?? tenant.holdMinutes;
  const latest = latestPayingEnd(start, tenant.latestApprovalMinutes);
  return {
    tenant_id: tenantId,
    id: newId(bookedAt),
    kind: "booking",
    status: "pending" as NonNullable<Row<"checkout">["status"]>,
    payment_status: "pending" as NonNullable<Row<"checkout">["payment_status"]>,
    ends_at: payingEnd({ heldAt: new Date(heldAtOf(visit)), now, holdMinutes, latest }),
    settle_until: latestApproval(start, tenant.latestApprovalMinutes),
    amount_minor: amountMinor,
    currency,
    customer_name: customer.name,
    customer_email: customer.email,
    customer_phone: customer.phone,
    accepted_terms_at: now,
    locale: tenant.locale,
    token: newToken(),
    session: sessionHash(newToken()),
    traits: online ? ["online"] : [],
    paid_charge_id: null as string | null,
    callback_sequence: 0,
    created_at: now,
    updated_at: now,
  };
}

type Booked = { place: Appointment; id: string; timezone: string };

function bookingRow({ service, origin }: Visit, { place, id, timezone }: Booked) {
  const { priceMinor, chargeType, capacityPolicy, online, cancellation } = offerOf(service);
  return {
    tenant_id: tenantId,
    id,
    link_id: origin.linkId,
    ...placeOf(place),
    price_minor: priceMinor,
    charge_type: chargeType,
    capacity_policy: capacityPolicy,
    online,
    cancellation,
    meeting_url: null as string | null,
    campaign: origin.campaign,
    attendance: null as NonNullable<Visit["attendance"]>["is"] | null,
    attended_at: null as Date | null,
    customer_timezone: timezone,
    moves: 0,
  };
}

export function placeOf({ start, end, span, service, professional }: Appointment) {
  const [from, to] = [span.start, span.end].map((at) => new Date(at).toISOString());
  const during = `[${from},${to})`;
  return { service_id: service.id, professional_id: professional.id, starts_at: new Date(start), ends_at: new Date(end), during };
}

type Due = { id: string; amount_minor: number; currency: string; ends_at: Date };

function paymentRow({ bookedAt }: Visit, { id, amount_minor, currency, ends_at }: Due) {
  const provider = amount_minor === 0 ? "none" : "wompi";
  const pendingMs = (paymentProvider(provider)?.capabilities.pendingHoursMax ?? 0) * 3_600_000;
  return {
    tenant_id: tenantId,
    id: newId(bookedAt),
    checkout_id: id,
    connection_id: provider === "none" ? freeConnectionId : demo.wompi.id,
    provider,
    reference: newReference(),
    amount_minor,
    currency,
    status: "created" as NonNullable<Row<"payment">["status"]>,
    expires_at: ends_at,
    payable_until: new Date(ends_at.getTime() + pendingMs),
    polls: 2,
    failures: 0,
    asked_at: answerFrom(ends_at),
    created_at: new Date(bookedAt),
    updated_at: new Date(bookedAt),
  };
}

/** Nearly everybody says why they come. */
function answersOf({ service, bookedAt, customer }: Visit, bookingId: string) {
  const turn = Math.floor(bookedAt / 1000) + customer.name.length;
  if (service.questions.length === 0 || turn % 9 === 0) return [];
  const said = service.questions.map(({ id, kind }) => [
    id,
    kind === "yes_no" ? turn % 3 === 0 : (complaints[turn % complaints.length] ?? ""),
  ]);
  return answerRows({ tenantId, bookingId, questions: service.questions, answers: Object.fromEntries(said) });
}
