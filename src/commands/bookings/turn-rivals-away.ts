import { sql } from "kysely";
import { inTenant, type Tx } from "#platform/db.ts";
import { wantPagesClosed } from "../payments/close-page.ts";
import { bookingOf } from "./booking-part.ts";

type Winner = { tenantId: string; checkoutId: string };

/**
 * Others may still be on the payment page for what this booking has just got. A job of its own,
 * enqueued with the claim: here the payments of the others are not locked, because whoever of them
 * pays at this moment holds those locks and waits for the claim.
 */
export async function planRivalsEnd(tx: Tx, { tenantId, checkoutId }: Winner): Promise<void> {
  const payload = JSON.stringify({ tenantId, checkoutId });
  await sql`select enqueue_job('turn-rivals-away', ${payload}::json, job_key := ${`rivals-${checkoutId}`})`.execute(tx);
}

/** No appointment with its buffers reaches so far: the index finds the rivals by their start. */
const reachHours = 24;

/**
 * Has the pages of the others closed at their providers, and those here look again. What they pay
 * all the same is settled, and goes back.
 */
export async function turnRivalsAway({ tenantId, checkoutId }: Winner): Promise<void> {
  for (const rivalId of await inTenant(tenantId, (tx) => rivalsOf(tx, checkoutId))) {
    await inTenant(tenantId, async (tx) => {
      const rival = await tx
        .selectFrom("checkout")
        .select("id")
        .where("id", "=", rivalId)
        .where("status", "=", "pending")
        .forUpdate()
        .executeTakeFirst();
      if (!rival) return;
      await wantPagesClosed(tx, { tenantId, checkoutId: rivalId });
      await sql`select pg_notify('konfirmado_checkout', ${rivalId})`.execute(tx);
    });
  }
}

/** Unpaid bookings that overlap. None if the winner has been cancelled meanwhile. */
async function rivalsOf(tx: Tx, checkoutId: string): Promise<string[]> {
  const { tenant_id, professional_id, during } = await bookingOf(tx, { id: checkoutId });
  const { rows } = await sql<{ id: string }>`
    select k.id from booking b join checkout k on k.tenant_id = b.tenant_id and k.id = b.id
    where b.tenant_id = ${tenant_id} and b.professional_id = ${professional_id}
      and b.starts_at > lower(${during}::tstzrange) - make_interval(hours => ${reachHours})
      and b.starts_at < upper(${during}::tstzrange) + make_interval(hours => ${reachHours})
      and b.during && ${during}::tstzrange and k.status = 'pending' and b.id <> ${checkoutId}
      and exists (
        select from slot_claim c where c.tenant_id = b.tenant_id and c.checkout_id = ${checkoutId} and c.state = 'booked'
      )
    order by k.id`.execute(tx);
  return rows.map(({ id }) => id);
}
