import { inTenant } from "#platform/db.ts";
import { bookingOfRest } from "../bookings/booking-rest.ts";
import { lockCheckout } from "../checkouts/move-checkout.ts";
import { logEvent } from "../log-event.ts";
import { hasCallback } from "../tenants/has-callback.ts";

/**
 * Says on the booking that its rest is paid, once: its timeline, mails and callbacks follow from
 * there, in the booking's own sequence. Returns false if that was said before.
 */
export async function tellRestPaid({ tenantId, restId }: { tenantId: string; restId: string }): Promise<boolean> {
  return inTenant(tenantId, async (tx) => {
    const { id } = await bookingOfRest(tx, restId);
    const booking = await lockCheckout(tx, id);
    const kind = "booking.rest_paid" as const;
    const told = await tx.selectFrom("event").select("id").where("subject_id", "=", id).where("kind", "=", kind).executeTakeFirst();
    if (told || !booking) return false;
    const paid = await tx
      .selectFrom("checkout as k")
      .innerJoin("charge as c", (join) => join.onRef("c.tenant_id", "=", "k.tenant_id").onRef("c.id", "=", "k.paid_charge_id"))
      .innerJoin("payment as p", (join) => join.onRef("p.tenant_id", "=", "c.tenant_id").onRef("p.id", "=", "c.payment_id"))
      .select(["c.id as ofChargeId", "c.amount_minor as amountMinor", "c.currency", "p.provider", "p.reference"])
      .where("k.id", "=", restId)
      .executeTakeFirstOrThrow();
    const facts = { traits: booking.traits, wasPaid: true, hasCallback: await hasCallback(tx) };
    await logEvent(tx, { tenantId, subject: { kind: "checkout", id }, kind, details: paid, actor: "system", facts });
    return true;
  });
}
