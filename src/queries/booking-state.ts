import type { BookingState, Place } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import type { Cancellation } from "#domain/cancellation.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { DeclineReason } from "#domain/choice/decline-reasons.ts";
import { ownChangeEnds } from "#domain/desk/own-changes.ts";
import { appPool } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import type { BookingRow, CheckoutRow, RefundCaseRow, TenantRow } from "#platform/rows.ts";
import { isServedHere } from "#platform/served-tenant.ts";
import { requireCheckoutId } from "./checkout-tenant.ts";
import { withResult } from "./merchant/with-result.ts";

/** As the SQL function `booking_state` returns it. */
type BookingPage = Pick<CheckoutRow, "id" | "status" | "payment_status" | "token" | "currency" | "customer_name" | "customer_email"> &
  Pick<CheckoutRow, "amount_minor"> &
  Pick<BookingRow, "starts_at" | "ends_at" | "meeting_url" | "price_minor" | "online" | "service_id" | "professional_id"> &
  Pick<TenantRow, "timezone" | "return_url" | "return_seconds"> & {
    hold_ends_at: Date;
    service_name: string;
    name_language: string;
    cancellation: Cancellation | null;
    duration_minutes: number;
    professional_name: string;
    photo_url: string | null;
    public_id: string;
    refund_reason: RefundCaseRow["reason"] | null;
    refund_state: RefundCaseRow["state"] | null;
    refund_amount_minor: number | null;
    refund_currency: string | null;
    refund_number: string | null;
    is_race: boolean;
    is_gone: boolean;
    is_awaiting_answer: boolean;
    slot_kept_until: Date | null;
    tenant_id: string;
    place: Place | null;
    must_accept_terms: boolean;
    is_asked: boolean;
    open_rest: number;
    rest_paid: number | null;
    rest_state: NonNullable<BookingState["rest"]>["state"] | null;
    rest_must_accept: boolean | null;
    decline_reason: DeclineReason | null;
    moves: number;
    has_attendance: boolean;
    customer_cancel_hours: number | null;
    customer_move_hours: number | null;
  };

/** Refuses: checkout_unknown, for an unknown id and for a wrong token. */
export async function loadBookingState(input: { bookingId: string; token: string }): Promise<BookingState> {
  requireCheckoutId(input.bookingId);
  const { rows } = await appPool().query<BookingPage>({
    name: "booking-state",
    text: "select * from booking_state($1)",
    values: [input.bookingId],
  });
  const [row] = rows;
  if (!row || !isSameText(row.token, input.token) || !isServedHere(row.tenant_id)) throw new Refusal("checkout_unknown");
  const paid = isPaid(row.status);
  return {
    id: row.id,
    status: row.status,
    paymentStatus: row.payment_status,
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    service: {
      id: row.service_id,
      name: row.service_name,
      nameLanguage: row.name_language,
      durationMinutes: row.duration_minutes,
      online: row.online,
    },
    professional: { id: row.professional_id, name: row.professional_name, photoUrl: row.photo_url },
    place: row.place,
    meetingUrl: paid ? row.meeting_url : null,
    returnUrl: paid ? withResult(row.return_url, row.id) : null,
    returnSeconds: row.return_seconds,
    expiresAt: row.hold_ends_at.toISOString(),
    amountMinor: row.amount_minor,
    priceMinor: row.price_minor,
    cancellation: row.cancellation,
    currency: row.currency,
    timezone: row.timezone,
    customerName: row.customer_name,
    customerEmail: row.customer_email,
    link: row.public_id,
    refund: refundOf(row),
    capacityPolicy: row.is_race ? "first_payer_wins" : "hold",
    isSlotGone: row.is_gone,
    isAwaitingAnswer: row.is_awaiting_answer,
    slotKeptUntil: row.slot_kept_until?.toISOString() ?? null,
    declineReason: row.decline_reason,
    mustAcceptTerms: row.must_accept_terms,
    isAsked: row.is_asked,
    rest: restOf(row),
    ownChanges: ownChangesOf(row),
  };
}

function ownChangesOf(row: BookingPage): BookingState["ownChanges"] {
  if (!isPaid(row.status) || row.has_attendance) return { cancelUntil: null, moveUntil: null };
  const { amount_minor: paidMinor, cancellation, moves } = row;
  const { cancelUntil, moveUntil } = ownChangeEnds(
    { start: row.starts_at, paidMinor, cancellation, moves },
    { cancelHours: row.customer_cancel_hours, moveHours: row.customer_move_hours },
  );
  return { cancelUntil: cancelUntil?.toISOString() ?? null, moveUntil: moveUntil?.toISOString() ?? null };
}

/** Of a booking that stands, or whose rest was paid. */
function restOf({ open_rest: openMinor, rest_paid: paidMinor, rest_state, rest_must_accept }: BookingPage): BookingState["rest"] {
  if (openMinor === 0 && paidMinor === null) return null;
  const amountMinor = paidMinor ?? openMinor;
  return { amountMinor, state: rest_state ?? "open", mustAcceptTerms: rest_must_accept ?? false };
}

function refundOf(row: BookingPage): BookingState["refund"] {
  const { refund_reason: reason, refund_state: state, refund_amount_minor: amountMinor, refund_currency: currency } = row;
  const { refund_number: number } = row;
  return reason && state && amountMinor !== null && currency && number ? { reason, state, amountMinor, currency, number } : null;
}
