import type { Place } from "./world.ts";

/** Makes time pass for a booking: everything that was to happen at a time happens that much earlier. */
export async function timePasses(world: Pick<Place, "owner">, bookingId: string, minutes: number): Promise<void> {
  const by = `make_interval(mins => ${minutes})`;
  await world.owner.query(`update slot_claim set expires_at = expires_at - ${by}, created_at = created_at - ${by} where checkout_id = $1`, [
    bookingId,
  ]);
  for (const table of ["stock_claim", "discount_claim"])
    await world.owner.query(`update ${table} set expires_at = expires_at - ${by}, created_at = created_at - ${by} where checkout_id = $1`, [
      bookingId,
    ]);
  await world.owner.query(`update checkout set ends_at = ends_at - ${by}, created_at = created_at - ${by} where id = $1`, [bookingId]);
  await world.owner.query(
    `update payment set expires_at = expires_at - ${by}, payable_until = payable_until - ${by}, created_at = created_at - ${by},
       asked_at = asked_at - ${by}, failing_since = failing_since - ${by}, wanted_at = wanted_at - ${by} where checkout_id = $1`,
    [bookingId],
  );
  await world.owner.query(
    `update charge set created_at = created_at - ${by} where payment_id in (select id from payment where checkout_id = $1)`,
    [bookingId],
  );
  await world.owner.query(
    `update graphile_worker._private_jobs set run_at = run_at - ${by} where locked_at is null and (key in ('expire-' || $1::text, 'end-' || $1::text)
       or key in (select 'poll-' || id from payment where checkout_id = $1::uuid))`,
    [bookingId],
  );
}
