-- Roles, the tenant setting, ids, and what every tenant table gets. Schema's only source: this folder.
create extension if not exists btree_gist;

do $$
begin
  -- The app never owns a table, so row-level security always applies to it.
  if not exists (select from pg_roles where rolname = 'konfirmado_app') then create role konfirmado_app nologin; end if;
  -- Webhook intake, sweepers and look-ups that must find the tenant first.
  if not exists (select from pg_roles where rolname = 'konfirmado_system') then create role konfirmado_system nologin; end if;
  execute format('grant konfirmado_app, konfirmado_system to %I', current_user);
end $$;

grant usage on schema public to konfirmado_app, konfirmado_system;

-- A transaction-local setting reads back as an empty string after its transaction, not null.
create function current_tenant() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- UUID version 7 (RFC 9562): 48 bits of milliseconds first, so that rows made together lie together. PostgreSQL has its own from 18 on.
create function new_id() returns uuid language sql volatile parallel safe as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

-- Closed lists and amounts are domains, not checks of a table: PostgreSQL reads a table's checks anew for every statement that writes to it.
create domain minor_units as bigint check (value >= 0);

create procedure protect_tenant_table(table_name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('create policy tenant_only on %I to konfirmado_app using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', table_name);
  execute format('create policy system_all on %I to konfirmado_system using (true) with check (true)', table_name);
  execute format('grant select, insert, update, delete on %I to konfirmado_app, konfirmado_system', table_name);
end $$;

-- Jobs are enqueued inside the caller's transaction; the queue's own tables stay out of the app's reach. The queue looks for jobs of the same
-- key: by index, whatever the planner thought when the queue was empty.
create function enqueue_job(task text, payload json, run_at timestamptz default now(), job_key text default null, max_attempts int default 25)
returns void language plpgsql security definer set search_path = pg_catalog, public
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  perform graphile_worker.add_job(task, payload, run_at := enqueue_job.run_at, job_key := enqueue_job.job_key, max_attempts := enqueue_job.max_attempts);
end $$;

-- Several new ones, due now, with keys that nobody has used: one statement, where the queue's own function needs five (it looks for jobs of the same
-- key first). The row is the one that graphile_worker.add_jobs makes (tests/database/jobs.test.ts compares them), and its listeners are told.
create function enqueue_jobs(tasks text[], payloads json[], job_keys text[]) returns void language plpgsql security definer
set search_path = pg_catalog, public as $$
declare enqueued int;
begin
  insert into graphile_worker._private_jobs (task_id, payload, key)
  select known.id, given.payload, given.job_key
  from unnest(tasks, payloads, job_keys) given (task, payload, job_key) join graphile_worker._private_tasks known on known.identifier = given.task;
  get diagnostics enqueued = row_count;
  perform pg_notify('jobs:insert', json_build_object('r', random(), 'count', enqueued)::text);
  -- A task that no worker has announced yet is made by the queue itself.
  if enqueued < cardinality(tasks) then
    perform graphile_worker.add_jobs(array_agg((task, payload, null, null, 25, job_key, null, null)::graphile_worker.job_spec))
    from unnest(tasks, payloads, job_keys) given (task, payload, job_key)
    where not exists (select from graphile_worker._private_tasks known where known.identifier = given.task);
  end if;
end $$;
revoke all on function enqueue_job, enqueue_jobs from public;
grant execute on function enqueue_jobs to konfirmado_app, konfirmado_system;
grant execute on function enqueue_job to konfirmado_app, konfirmado_system;
