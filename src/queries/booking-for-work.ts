import { inTenant } from "#platform/db.ts";
import type { BookingRow, ChargeRow, PaymentRow, RefundCaseRow, TenantRow } from "#platform/rows.ts";

export type BookingForWork = {
  booking: BookingRow;
  tenant: TenantRow;
  linkPublicId: string;
  service: { id: string; name: string; durationMinutes: number };
  professional: { id: string; name: string; email: string | null };
  /** The payment and charge that this is about: the refunded one, else the paid one, else the newest. */
  payment: PaymentRow | null;
  charge: ChargeRow | null;
  refundCase: RefundCaseRow | null;
};

/** Everything that mails, rooms and callbacks say about a booking, in one transaction. Null: the booking is gone. */
export async function loadBookingForWork(input: {
  tenantId: string;
  bookingId: string;
  refundCaseId?: string | undefined;
}): Promise<BookingForWork | null> {
  return inTenant(input.tenantId, async (tx) => {
    const booking = await tx.selectFrom("booking").selectAll().where("id", "=", input.bookingId).executeTakeFirst();
    if (!booking) return null;
    const tenant = await tx.selectFrom("tenant").selectAll().executeTakeFirstOrThrow();
    const link = await tx.selectFrom("booking_link").select("public_id").where("id", "=", booking.link_id).executeTakeFirstOrThrow();
    const service = await tx
      .selectFrom("service")
      .select(["id", "name", "duration_minutes"])
      .where("id", "=", booking.service_id)
      .executeTakeFirstOrThrow();
    const professional = await tx
      .selectFrom("professional")
      .select(["id", "name", "email"])
      .where("id", "=", booking.professional_id)
      .executeTakeFirstOrThrow();
    const refundCase = input.refundCaseId
      ? await tx.selectFrom("refund_case").selectAll().where("id", "=", input.refundCaseId).executeTakeFirst()
      : undefined;
    const chargeId = refundCase?.charge_id ?? booking.paid_charge_id;
    const charge = chargeId ? await tx.selectFrom("charge").selectAll().where("id", "=", chargeId).executeTakeFirst() : undefined;
    let payments = tx.selectFrom("payment").selectAll().where("booking_id", "=", booking.id);
    if (charge?.payment_id) payments = payments.where("id", "=", charge.payment_id);
    const payment = await payments.orderBy("created_at", "desc").limit(1).executeTakeFirst();
    return {
      booking,
      tenant,
      linkPublicId: link.public_id,
      service: { id: service.id, name: service.name, durationMinutes: service.duration_minutes },
      professional,
      payment: payment ?? null,
      charge: charge ?? null,
      refundCase: refundCase ?? null,
    };
  });
}
