-- Finds the tenant of a checkout's id from outside, before row-level security can apply. Reveals
-- only the tenant's id.
create function tenant_of_checkout(p_id uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select tenant_id from checkout where id = p_id limit 1
$$;
revoke all on function tenant_of_checkout from public;
grant execute on function tenant_of_checkout to konfirmado_app, konfirmado_system;
