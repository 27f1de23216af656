-- Enqueues several jobs, due now, with keys that nobody has used. One statement, where the queue's
-- own function needs five to look for jobs of the same key. The rows equal those of
-- graphile_worker.add_jobs (tests/database/jobs.test.ts), and its listeners are notified. Money that was
-- told of goes before letters: in a rush, an order must not wait for the mails of those before it.
create function enqueue_jobs(
  tasks text[],
  payloads json[],
  job_keys text[]
) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  enqueued int;
  others graphile_worker.job_spec[];
begin
  -- In one snapshot: a task that another transaction makes meanwhile must not fall between two looks.
  with given as materialized (
    select known.id as task_id, wanted.task, wanted.payload, wanted.job_key
    from unnest(tasks, payloads, job_keys) wanted (task, payload, job_key)
      left join graphile_worker._private_tasks known on known.identifier = wanted.task
  ), inserted as (
    insert into graphile_worker._private_jobs (task_id, payload, key, priority)
    select task_id, payload, job_key, case task when 'settle-inbox-event' then -1 else 0 end
    from given where task_id is not null
    returning id
  )
  select
    (select count(*) from inserted),
    array_agg((
      task, payload, null, null, 25, job_key, case task when 'settle-inbox-event' then -1 else 0 end, null
    )::graphile_worker.job_spec)
      filter (where task_id is null)
  into enqueued, others
  from given;
  perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', enqueued)::text);
  -- The queue's own function makes a task that no worker has announced yet.
  if others is not null then
    perform graphile_worker.add_jobs(others);
  end if;
end $$;
revoke all on function enqueue_jobs from public;
grant execute on function enqueue_jobs to konfirmado_app, konfirmado_system;
