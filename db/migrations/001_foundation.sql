-- Roles, the tenant setting, ids, and what every tenant table gets. This folder is the only source of
-- the tables; db/functions/ is the only source of the functions.
create extension if not exists btree_gist;

do $$
begin
  -- The app never owns a table, so row-level security always applies to it.
  if not exists (select from pg_roles where rolname = 'konfirmado_app') then
    create role konfirmado_app nologin;
  end if;
  -- Webhook intake, sweepers and look-ups that must find the tenant first.
  if not exists (select from pg_roles where rolname = 'konfirmado_system') then
    create role konfirmado_system nologin;
  end if;
  execute format('grant konfirmado_app, konfirmado_system to %I', current_user);
end $$;

grant usage on schema public to konfirmado_app, konfirmado_system;
-- /readyz compares what is applied with what the code came with.
grant select on migration to konfirmado_system;

-- These three stand here because tables need them before any function can be made.

-- A transaction-local setting reads back as an empty string after its transaction, not as null.
create function current_tenant() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- UUID version 7 (RFC 9562): 48 bits of milliseconds first, so that rows made together lie together.
-- PostgreSQL has its own from 18 on.
create function new_id() returns uuid language sql volatile parallel safe as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
    from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

create procedure protect_tenant_table(table_name text) language plpgsql as $$
begin
  execute format('alter table %I enable row level security', table_name);
  execute format('create policy tenant_only on %I to konfirmado_app
    using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())', table_name);
  execute format('create policy system_all on %I to konfirmado_system
    using (true) with check (true)', table_name);
  execute format('grant select, insert, update, delete on %I to konfirmado_app, konfirmado_system',
    table_name);
end $$;

-- The planner's settings of our functions, in this one place. A plan that was made while a table was
-- small must not scan it once it has grown: indexes only, and one plan for all arguments. Decision 007.
create procedure plan_by_index(function_name regproc) language plpgsql as $$
begin
  execute format('alter function %s set enable_seqscan = off', function_name);
  execute format('alter function %s set enable_hashjoin = off', function_name);
  execute format('alter function %s set enable_mergejoin = off', function_name);
  execute format('alter function %s set plan_cache_mode = force_generic_plan', function_name);
end $$;

-- Amounts and closed lists are domains, not checks of a table: PostgreSQL reads a table's checks anew
-- for every statement that writes to it. db/types.ts gives each domain the type of its contract.
create domain minor_units as bigint check (value >= 0);

-- The limits of a session (platform/connection-check.ts) belong to the roles' own logins too: a
-- transaction pooler opens connections that the product never greets. Roles are shared by all
-- databases of a server, and `alter role` fails beside another one: what is set is left alone.
do $$
declare
  wanted record;
begin
  for wanted in
    select role, name, ms
    from unnest(array['konfirmado_app', 'konfirmado_system']) role, (values
      ('statement_timeout', 15000),
      ('idle_in_transaction_session_timeout', 15000),
      ('lock_timeout', 10000)
    ) setting (name, ms)
    where not exists (
      select from pg_db_role_setting
      where setrole = role::regrole and setdatabase = 0 and format('%s=%s', name, ms) = any (setconfig)
    )
  loop
    execute format('alter role %I set %I = %s', wanted.role, wanted.name, wanted.ms);
  end loop;
exception when insufficient_privilege then
  -- Somebody else made the roles; each connection sets its limits itself.
  raise notice 'the limits of the roles are not set: %', sqlerrm;
end $$;
