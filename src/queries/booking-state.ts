import { sql } from "kysely";
import type { BookingState } from "../contracts/checkout.ts";
import { Refusal } from "../contracts/problem.ts";
import { isBookingPaid } from "../domain/booking-states.ts";
import { appDb, inTenant } from "../platform/db.ts";
import { isSameText } from "../platform/ids.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The tenant of a booking whose id came from outside. Refuses: booking_unknown. */
export async function tenantOfBooking(bookingId: string): Promise<string> {
  if (!uuid.test(bookingId)) throw new Refusal("booking_unknown");
  const { rows } = await sql<{ tenant: string | null }>`select tenant_of_booking(${bookingId}) as tenant`.execute(appDb());
  const tenant = rows[0]?.tenant;
  if (!tenant) throw new Refusal("booking_unknown");
  return tenant;
}

/** What a booking's page may show. A wrong token and an unknown id are the same answer: booking_unknown. */
export async function loadBookingState(input: { bookingId: string; token: string }): Promise<BookingState> {
  const tenantId = await tenantOfBooking(input.bookingId);
  const row = await inTenant(tenantId, (tx) =>
    tx
      .selectFrom("booking as b")
      .innerJoin("service as s", (join) => join.onRef("s.tenant_id", "=", "b.tenant_id").onRef("s.id", "=", "b.service_id"))
      .innerJoin("professional as p", (join) => join.onRef("p.tenant_id", "=", "b.tenant_id").onRef("p.id", "=", "b.professional_id"))
      .innerJoin("booking_link as l", (join) => join.onRef("l.tenant_id", "=", "b.tenant_id").onRef("l.id", "=", "b.link_id"))
      .innerJoin("tenant as t", "t.tenant_id", "b.tenant_id")
      .leftJoin("refund_case as r", (join) => join.onRef("r.tenant_id", "=", "b.tenant_id").onRef("r.booking_id", "=", "b.id"))
      .selectAll("b")
      .select([
        "s.name as service_name",
        "s.duration_minutes",
        "p.name as professional_name",
        "p.photo_url",
        "l.public_id",
        "t.timezone",
        "t.return_url",
      ])
      .select(["r.reason as refund_reason", "r.state as refund_state"])
      .where("b.id", "=", input.bookingId)
      .orderBy("r.created_at", "desc")
      .limit(1)
      .executeTakeFirst(),
  );
  if (!row || !isSameText(row.token, input.token)) throw new Refusal("booking_unknown");
  const paid = isBookingPaid(row.status as BookingState["status"]);
  return {
    id: row.id,
    status: row.status as BookingState["status"],
    paymentStatus: row.payment_status as BookingState["paymentStatus"],
    start: row.starts_at.toISOString(),
    end: row.ends_at.toISOString(),
    service: { id: row.service_id, name: row.service_name, durationMinutes: row.duration_minutes, online: row.online },
    professional: { id: row.professional_id, name: row.professional_name, photoUrl: row.photo_url },
    meetingUrl: paid ? row.meeting_url : null,
    returnUrl: paid ? withResult(row.return_url, row.id) : null,
    expiresAt: row.hold_expires_at.toISOString(),
    amountMinor: row.amount_minor,
    priceMinor: row.price_minor,
    currency: row.currency,
    timezone: row.timezone,
    customerName: row.customer_name,
    customerEmail: row.customer_email,
    link: row.public_id,
    refund:
      row.refund_reason && row.refund_state ? ({ reason: row.refund_reason, state: row.refund_state } as BookingState["refund"]) : null,
  };
}

/** The merchant's own address with `status=ok&ref=`, whatever query it already has. Only the web: the page makes a link of it. */
function withResult(returnUrl: string | null, bookingId: string): string | null {
  const url = URL.parse(returnUrl ?? "");
  if (url?.protocol !== "https:" && url?.protocol !== "http:") return null;
  url.searchParams.set("status", "ok");
  url.searchParams.set("ref", bookingId);
  return url.toString();
}
