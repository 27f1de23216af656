import type pg from "pg";
import { until } from "./until.ts";
import type { Place } from "./world.ts";

/** A test may hold a question on purpose: then time passes all the same. */
const patienceMs = 2000;

/**
 * Makes time pass for a booking: everything that was to happen at a time happens that much earlier.
 * A question under way ends first: it would record an answer of before as one of after the end.
 */
export async function timePasses(world: Pick<Place, "owner">, bookingId: string, minutes: number): Promise<void> {
  const move = (mayWait: boolean) => inOneMoment(world.owner, { bookingId, minutes, mayWait });
  if (await move(true)) return;
  await until(async () => ((await move(true)) ? null : "a question is under way"), patienceMs).catch(() => move(false));
}

type Moment = { bookingId: string; minutes: number; mayWait: boolean };

/** Locks as the engine does, after the jobs: no question begins meanwhile. Returns false if one is under way. */
async function inOneMoment(owner: pg.Pool, { bookingId, minutes, mayWait }: Moment): Promise<boolean> {
  const client = await owner.connect();
  const by = `make_interval(mins => ${minutes})`;
  try {
    await client.query("begin");
    const { rows } = await client.query<{ key: string; isUnderWay: boolean }>(
      `select key, locked_at is not null as "isUnderWay" from graphile_worker._private_jobs
       where key in ('expire-' || $1::text, 'end-' || $1::text) or key in (
         select word || id from payment, unnest(array['poll-', 'return-', 'wanted-']) word where checkout_id = $1::uuid)
       for update`,
      [bookingId],
    );
    if (mayWait && rows.some(({ key, isUnderWay }) => isUnderWay && /^(poll|return|wanted)-/.test(key))) {
      await client.query("rollback");
      return false;
    }
    await client.query(`update checkout set ends_at = ends_at - ${by}, created_at = created_at - ${by} where id = $1`, [bookingId]);
    await client.query(
      `update payment set expires_at = expires_at - ${by}, payable_until = payable_until - ${by}, created_at = created_at - ${by},
         asked_at = asked_at - ${by}, failing_since = failing_since - ${by}, wanted_at = wanted_at - ${by} where checkout_id = $1`,
      [bookingId],
    );
    await client.query(
      `update charge set created_at = created_at - ${by} where payment_id in (select id from payment where checkout_id = $1)`,
      [bookingId],
    );
    for (const claims of ["slot_claim", "stock_claim", "discount_claim"])
      await client.query(`update ${claims} set expires_at = expires_at - ${by}, created_at = created_at - ${by} where checkout_id = $1`, [
        bookingId,
      ]);
    await client.query(
      `update graphile_worker._private_jobs set run_at = run_at - ${by} where locked_at is null and (key in ('expire-' || $1::text, 'end-' || $1::text)
         or key in (select 'poll-' || id from payment where checkout_id = $1::uuid))`,
      [bookingId],
    );
    await client.query("commit");
    return true;
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}
