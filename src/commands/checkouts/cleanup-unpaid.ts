import { sql } from "kysely";
import { inSystem } from "#platform/db.ts";
import { expireBookings, relabelLapsedHolds } from "../sweep.ts";

/** Minutes after its end that an attempt nobody tried to pay is deleted, if the provider has said since the end that nobody did. */
const untriedMinutes = 30;
/** Hours that an attempt with a charge is kept: for as long as a provider may still turn a pending one into an approval. */
const triedHours = 72;
const batchMax = 1000;

export type Cleaned = { lapsedHolds: number; expiredBookings: number; deletedBookings: number };

/**
 * Unpaid attempts vanish and leave nothing behind: lapsed ones are closed, then deleted with their claims, payments and events. A booking
 * with money (paid, or with a refund case) is never touched; an approval that comes after the deletion becomes a refund case.
 */
export async function cleanupUnpaid(): Promise<Cleaned> {
  const lapsedHolds = await relabelLapsedHolds();
  const expiredBookings = await expireBookings();
  let deletedBookings = 0;
  for (;;) {
    const deleted = await deleteBatch();
    deletedBookings += deleted;
    if (deleted < batchMax) return { lapsedHolds, expiredBookings, deletedBookings };
  }
}

async function deleteBatch(): Promise<number> {
  return inSystem(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      with gone as materialized (
        select b.tenant_id, b.id from booking b
        where b.status in ('expired', 'failed', 'cancelled') and b.paid_charge_id is null
          and not exists (select from refund_case r where r.tenant_id = b.tenant_id and r.booking_id = b.id)
          and (b.hold_expires_at < now() - make_interval(hours => ${triedHours})
            or b.hold_expires_at < now() - make_interval(mins => ${untriedMinutes})
              and not exists (select from payment p where p.tenant_id = b.tenant_id and p.booking_id = b.id
                and (p.asked_at is null or p.asked_at < p.expires_at))
              and not exists (select from charge c join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
                where p.tenant_id = b.tenant_id and p.booking_id = b.id))
          and not exists (select from charge c join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
            where p.tenant_id = b.tenant_id and p.booking_id = b.id and c.status in ('approved', 'refunding', 'partly_refunded', 'disputed'))
        limit ${batchMax} for update skip locked
      ), no_follow_ups as (delete from follow_up f using gone where f.tenant_id = gone.tenant_id and f.subject_id = gone.id returning 1
      ), no_claims as (delete from slot_claim c using gone where c.tenant_id = gone.tenant_id and c.booking_id = gone.id returning 1
      ), no_charges as (delete from charge c using payment p, gone where p.tenant_id = gone.tenant_id and p.booking_id = gone.id
          and c.tenant_id = p.tenant_id and c.payment_id = p.id returning 1
      )
      select id from gone`.execute(tx);
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    await tx.deleteFrom("event").where("subject_id", "in", ids).execute();
    await tx.deleteFrom("payment").where("booking_id", "in", ids).execute();
    await tx.deleteFrom("booking").where("id", "in", ids).execute();
    return ids.length;
  });
}
