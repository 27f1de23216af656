import { sql } from "kysely";
import { payingGraceSeconds } from "#domain/hold-times.ts";
import { inSystem } from "#platform/db.ts";
import { confirmBooking } from "./checkouts/confirm-checkout.ts";
import { expireBooking } from "./checkouts/expire-checkout.ts";

const batchMax = 500;

/**
 * Tidies what time has already decided, and picks up what a crash may have left between two steps. Every part may run at any moment,
 * any number of times: nothing here is what makes a slot free or a payment count.
 */
export async function sweep(): Promise<{ lapsedHolds: number; expiredBookings: number; revivedFollowUps: number }> {
  const lapsedHolds = await relabelLapsedHolds();
  const expiredBookings = await expireBookings();
  const revivedFollowUps = await reviveFollowUps();
  await confirmKeptPromises();
  await inSystem((tx) => sql`delete from idempotency_key where created_at < now() - interval '24 hours'`.execute(tx));
  return { lapsedHolds, expiredBookings, revivedFollowUps };
}

/** Holds of customers who never went on. Their rows go after an hour: nothing is left behind. */
export async function relabelLapsedHolds(): Promise<number> {
  return inSystem(async (tx) => {
    const relabelled = await sql`
      update slot_claim c set state = 'expired' from (
        select tenant_id, id from slot_claim where state = 'held' and expires_at <= now() order by id limit ${batchMax} for update skip locked
      ) lapsed where c.tenant_id = lapsed.tenant_id and c.id = lapsed.id`.execute(tx);
    await sql`
      delete from slot_claim c using (
        select tenant_id, id from slot_claim where booking_id is null and state in ('released', 'expired') and created_at < now() - interval '2 hours' limit ${batchMax}
      ) old where c.tenant_id = old.tenant_id and c.id = old.id`.execute(tx);
    return Number(relabelled.numAffectedRows ?? 0n);
  });
}

/** Pending bookings whose claim has lapsed, should their own timer have been lost. */
export async function expireBookings(): Promise<number> {
  const due = await inSystem((tx) =>
    tx
      .selectFrom("booking")
      .select(["tenant_id", "id"])
      .where("status", "=", "pending")
      .where("hold_expires_at", "<", sql<Date>`now() - make_interval(secs => ${payingGraceSeconds})`)
      .limit(batchMax)
      .execute(),
  );
  let expired = 0;
  for (const { tenant_id, id } of due) if (await expireBooking({ tenantId: tenant_id, bookingId: id })) expired += 1;
  return expired;
}

/** A follow-up that is due but has no job (a job row lost by hand, a queue restored from a backup) gets one. */
async function reviveFollowUps(): Promise<number> {
  return inSystem(async (tx) => {
    const revived = await sql`
      select enqueue_job(f.job, json_build_object('tenantId', f.tenant_id, 'followUpId', f.id), job_key := f.id::text)
      from follow_up f where f.state = 'pending' and f.run_at < now() - interval '10 minutes' limit ${batchMax}`.execute(tx);
    return revived.rows.length;
  });
}

/** `paid` bookings whose room and callback are done: a crash came between the ledger and this. */
async function confirmKeptPromises(): Promise<void> {
  const paid = await inSystem((tx) =>
    tx
      .selectFrom("booking")
      .select(["tenant_id", "id"])
      .where("status", "=", "paid")
      .where("updated_at", "<", sql<Date>`now() - interval '30 seconds'`)
      .orderBy("updated_at", "desc")
      .limit(batchMax)
      .execute(),
  );
  for (const { tenant_id, id } of paid) await confirmBooking({ tenantId: tenant_id, bookingId: id });
}
