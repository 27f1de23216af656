import { sql } from "kysely";
import { inTenant } from "#platform/db.ts";
import { loadBookingState, tenantOfBooking } from "#queries/booking-state.ts";

/**
 * The customer is back from the payment page. The address proves nothing about money: it is only a hint to ask the provider now.
 * Refuses: booking_unknown.
 */
export async function returnFromProvider(input: { bookingId: string; token: string }): Promise<void> {
  await loadBookingState(input);
  const tenantId = await tenantOfBooking(input.bookingId);
  await inTenant(tenantId, async (tx) => {
    await sql`
      select enqueue_job('poll-payment', json_build_object('tenantId', tenant_id, 'paymentId', id, 'isExtra', true), job_key := 'return-' || id)
      from payment where tenant_id = ${tenantId} and booking_id = ${input.bookingId} and status in ('created', 'pending', 'declined', 'error', 'expired')
      order by created_at desc limit 3`.execute(tx);
  });
}
