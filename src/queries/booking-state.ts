import type { BookingState } from "#contracts/checkout.ts";
import { Refusal } from "#contracts/problem.ts";
import { isPaid } from "#domain/checkout-states.ts";
import type { RefundReason, RefundState } from "#domain/refund-policy.ts";
import { appPool } from "#platform/db.ts";
import { isSameText } from "#platform/ids.ts";
import { requireCheckoutId } from "./checkout-tenant.ts";

type BookingPage = {
  id: string;
  status: BookingState["status"];
  payment_status: BookingState["paymentStatus"];
  starts_at: Date;
  ends_at: Date;
  hold_ends_at: Date;
  token: string;
  meeting_url: string | null;
  amount_minor: number;
  price_minor: number;
  currency: string;
  online: boolean;
  customer_name: string;
  customer_email: string;
  service_id: string;
  service_name: string;
  duration_minutes: number;
  professional_id: string;
  professional_name: string;
  photo_url: string | null;
  public_id: string;
  timezone: string;
  return_url: string | null;
  return_seconds: number;
  refund_reason: RefundReason | null;
  refund_state: RefundState | null;
  refund_amount_minor: number | null;
  refund_currency: string | null;
  is_awaiting_answer: boolean;
};

/** What a booking's page may show. A wrong token and an unknown id are the same answer: checkout_unknown. */
export async function loadBookingState(input: { bookingId: string; token: string }): Promise<BookingState> {
  requireCheckoutId(input.bookingId);
  const { rows } = await appPool().query<BookingPage>({
    name: "booking-state",
    text: "select * from booking_state($1)",
    values: [input.bookingId],
  });
  const [row] = rows;
  if (!row || !isSameText(row.token, input.token)) throw new Refusal("checkout_unknown");
  const paid = isPaid(row.status);
  return {
    id: row.id,
    status: row.status,
    paymentStatus: row.payment_status,
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    service: { id: row.service_id, name: row.service_name, durationMinutes: row.duration_minutes, online: row.online },
    professional: { id: row.professional_id, name: row.professional_name, photoUrl: row.photo_url },
    meetingUrl: paid ? row.meeting_url : null,
    returnUrl: paid ? withResult(row.return_url, row.id) : null,
    returnSeconds: row.return_seconds,
    expiresAt: row.hold_ends_at.toISOString(),
    amountMinor: row.amount_minor,
    priceMinor: row.price_minor,
    currency: row.currency,
    timezone: row.timezone,
    customerName: row.customer_name,
    customerEmail: row.customer_email,
    link: row.public_id,
    refund: refundOf(row),
    isAwaitingAnswer: row.is_awaiting_answer,
  };
}

function refundOf(row: BookingPage): BookingState["refund"] {
  const { refund_reason: reason, refund_state: state, refund_amount_minor: amountMinor, refund_currency: currency } = row;
  return reason && state && amountMinor !== null && currency ? { reason, state, amountMinor, currency } : null;
}

/** The merchant's own address with `status=ok&ref=`, whatever query it already has. Only the web: the page makes a link of it. */
function withResult(returnUrl: string | null, bookingId: string): string | null {
  const url = URL.parse(returnUrl ?? "");
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return null;
  url.searchParams.set("status", "ok");
  url.searchParams.set("ref", bookingId);
  return url.toString();
}
