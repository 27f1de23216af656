-- Enqueues several jobs, due now, with keys that nobody has used. One statement, where the queue's
-- own function needs five to look for jobs of the same key. The rows equal those of
-- graphile_worker.add_jobs (tests/database/jobs.test.ts), and its listeners are notified.
create function enqueue_jobs(
  tasks text[],
  payloads json[],
  job_keys text[]
) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  enqueued int;
begin
  insert into graphile_worker._private_jobs (task_id, payload, key)
  select known.id, given.payload, given.job_key
  from unnest(tasks, payloads, job_keys) given (task, payload, job_key)
    join graphile_worker._private_tasks known on known.identifier = given.task;
  get diagnostics enqueued = row_count;
  perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', enqueued)::text);
  -- The queue's own function makes a task that no worker has announced yet.
  if enqueued < cardinality(tasks) then
    perform graphile_worker.add_jobs(array_agg(
      (task, payload, null, null, 25, job_key, null, null)::graphile_worker.job_spec))
    from unnest(tasks, payloads, job_keys) given (task, payload, job_key)
    where not exists (
      select from graphile_worker._private_tasks known where known.identifier = given.task);
  end if;
end $$;
revoke all on function enqueue_jobs from public;
grant execute on function enqueue_jobs to konfirmado_app, konfirmado_system;
