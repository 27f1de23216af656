-- Enqueues jobs of later, with keys that nobody has used. One without a time is left out. Nobody is
-- notified: workers look for what has become due by themselves. See enqueue_jobs.
create function enqueue_timers(
  tasks text[],
  payloads json[],
  job_keys text[],
  run_ats timestamptz[]
) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  others graphile_worker.job_spec[];
begin
  with given as materialized (
    select known.id as task_id, wanted.task, wanted.payload, wanted.job_key, wanted.run_at
    from unnest(tasks, payloads, job_keys, run_ats) wanted (task, payload, job_key, run_at)
      left join graphile_worker._private_tasks known on known.identifier = wanted.task
    where wanted.run_at is not null
  ), inserted as (
    insert into graphile_worker._private_jobs (task_id, payload, key, run_at)
    select task_id, payload, job_key, run_at from given where task_id is not null
  )
  select array_agg((task, payload, null, run_at, 25, job_key, null, null)::graphile_worker.job_spec)
    filter (where task_id is null)
  into others
  from given;
  if others is not null then
    perform graphile_worker.add_jobs(others);
  end if;
end $$;
revoke all on function enqueue_timers from public;
grant execute on function enqueue_timers to konfirmado_app, konfirmado_system;
