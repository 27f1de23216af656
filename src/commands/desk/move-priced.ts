import { isPaid } from "#domain/checkout-states.ts";
import { inTenant } from "#platform/db.ts";
import { type Moving, moveBooking } from "../bookings/move-booking.ts";
import { wantPagesClosed } from "../payments/close-page.ts";
import { pollPayment } from "../settlement/poll-payment.ts";

/**
 * Moves a booking. If its price changes, the pages on which its customer could pay the old rest are
 * closed first, and whoever has paid at this moment is settled: the move then sees their money.
 * Refuses as moveBooking does.
 */
export async function movePriced({ caller, input }: Moving): Promise<void> {
  if (input.price && input.price.difference !== "leave") await closeRestPages(input);
  await moveBooking({ caller, input });
}

async function closeRestPages({ tenantId, bookingId }: Moving["input"]): Promise<void> {
  const pages = await inTenant(tenantId, async (tx) => {
    const rest = await tx
      .selectFrom("booking_rest as r")
      .innerJoin("checkout as k", (join) => join.onRef("k.tenant_id", "=", "r.tenant_id").onRef("k.id", "=", "r.id"))
      .select(["k.id", "k.status"])
      .where("r.booking_id", "=", bookingId)
      .executeTakeFirst();
    return rest && !isPaid(rest.status) ? wantPagesClosed(tx, { tenantId, checkoutId: rest.id }) : [];
  });
  await Promise.all(pages.map((paymentId) => pollPayment({ tenantId, paymentId, isExtra: true })));
}
