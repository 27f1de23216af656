import type { World } from "./world.ts";

/**
 * What waits for its time (the next poll, the next try of a follow-up) is due now, and the sweep comes. The ends of holds, the patience with
 * unmatched events and the later looks at what is paid stay where they are: nothing waits for those.
 */
export async function hasten(world: Pick<World, "owner">): Promise<void> {
  await world.owner.query(`update graphile_worker._private_jobs set run_at = now()
    where locked_at is null and run_at > now() and coalesce(key, '') !~ '^(expire|inbox)-'
      and coalesce(key, '') not in (select 'poll-' || id from payment where status in ('approved', 'voided', 'refunded'))`);
  await world.owner.query(`update checkout set updated_at = updated_at - interval '1 minute' where status = 'paid'`);
  await world.owner.query(`select graphile_worker.add_job('sweep', job_key := 'sweep-now')`);
}
