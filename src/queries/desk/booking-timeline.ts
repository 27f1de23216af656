import type { Timeline } from "#contracts/desk/booking.ts";
import { inTenant } from "#platform/db.ts";
import { readTimeline } from "../merchant/timeline.ts";
import { type BookingViewer, requireVisible } from "./booking-access.ts";

/** Also of its rest. Refuses: checkout_unknown. */
export function loadTimeline({ viewer, bookingId }: { viewer: BookingViewer; bookingId: string }): Promise<Timeline> {
  return inTenant(viewer.tenantId, async (tx) => {
    await requireVisible(tx, viewer, bookingId);
    const rest = await tx.selectFrom("booking_rest").select("id").where("booking_id", "=", bookingId).executeTakeFirst();
    return { events: await readTimeline(tx, [bookingId, ...(rest ? [rest.id] : [])]) };
  });
}
