import type { World } from "./world.ts";

/**
 * What waits for its time (the next poll, the next try of a follow-up) is due now, and the sweep comes. Only the ends of holds and the
 * patience with unmatched events stay where they are: those are facts, not waits.
 */
export async function hasten(world: Pick<World, "owner">): Promise<void> {
  await world.owner.query(`update graphile_worker._private_jobs set run_at = now()
    where locked_at is null and run_at > now() and coalesce(key, '') !~ '^(expire|inbox)-'`);
  await world.owner.query(`update booking set updated_at = updated_at - interval '1 minute' where status = 'paid'`);
  await world.owner.query(`select graphile_worker.add_job('sweep', job_key := 'sweep-now')`);
}
