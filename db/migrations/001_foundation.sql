-- Roles, the tenant setting, ids, and what every tenant table gets. This folder is the only source
-- of the tables, db/functions/ of the functions.
create extension if not exists btree_gist;

do $$
begin
  -- The app owns no table, so row-level security always applies to it.
  if not exists (select from pg_roles where rolname = 'konfirmado_app') then
    create role konfirmado_app nologin;
  end if;
  -- For webhook intake, sweepers and look-ups that must find the tenant first.
  if not exists (select from pg_roles where rolname = 'konfirmado_system') then
    create role konfirmado_system nologin;
  end if;
  -- For people's accounts (007): it sees no tenant's table, and the other two see none of its own.
  if not exists (select from pg_roles where rolname = 'konfirmado_auth') then
    create role konfirmado_auth nologin;
  end if;
  execute format('grant konfirmado_app, konfirmado_system, konfirmado_auth to %I', current_user);
end $$;

grant usage on schema public to konfirmado_app, konfirmado_system;
-- /readyz compares what is applied with what the code brings.
grant select on migration to konfirmado_system;

-- These three stand here because tables need them before any function can be made.

-- After its transaction, a transaction-local setting reads as an empty string, not as null.
create function current_tenant() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('app.tenant_id', true), '')::uuid $$;

-- UUID version 7 (RFC 9562): 48 bits of milliseconds first, so that neighbours in time lie
-- together. PostgreSQL has its own from 18 on.
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

-- The only place for the planner settings of our functions. A plan made while a table was small
-- must not scan it once it has grown: indexes only, and one plan for all arguments (decision 007).
create procedure plan_by_index(function_name regproc) language plpgsql as $$
begin
  execute format('alter function %s set enable_seqscan = off', function_name);
  execute format('alter function %s set enable_hashjoin = off', function_name);
  execute format('alter function %s set enable_mergejoin = off', function_name);
  execute format('alter function %s set plan_cache_mode = force_generic_plan', function_name);
end $$;

-- Amounts and closed lists are domains. PostgreSQL reads a table's checks anew for every statement
-- that writes to it. db/types.ts gives each domain the type of its contract.
create domain minor_units as bigint check (value >= 0);

-- The roles themselves have a session's limits (platform/connection-check.ts) too, because a
-- transaction pooler opens connections that the product never greets. All databases of a server
-- share the roles, and two `alter role` at once fail, so this changes only what is missing.
do $$
declare
  wanted record;
begin
  for wanted in
    select role, name, ms
    from unnest(array['konfirmado_app', 'konfirmado_system', 'konfirmado_auth']) role, (values
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
  -- Somebody else made the roles. Then each connection sets its limits itself.
  raise notice 'the limits of the roles are not set: %', sqlerrm;
end $$;
