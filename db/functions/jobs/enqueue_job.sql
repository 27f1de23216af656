-- Enqueues one job in the caller's transaction. The queue's own tables stay out of the app's reach.
-- A job replaces the waiting one of the same key.
create function enqueue_job(
  task text,
  payload json,
  run_at timestamptz default now(),
  job_key text default null,
  max_attempts int default 25
) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform graphile_worker.add_job(
    task,
    payload,
    run_at := enqueue_job.run_at,
    job_key := enqueue_job.job_key,
    max_attempts := enqueue_job.max_attempts
  );
end $$;
call plan_by_index('enqueue_job');
revoke all on function enqueue_job from public;
grant execute on function enqueue_job to konfirmado_app, konfirmado_system, konfirmado_auth;
