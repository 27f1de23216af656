-- Finds the tenant before row-level security can apply, because availability may be asked by ids
-- alone. Finds nobody if two tenants should have the same id.
create function tenant_of_professional(p_id uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select (array_agg(tenant_id))[1]
  from professional
  where id = p_id
  having count(*) = 1
$$;
revoke all on function tenant_of_professional from public;
grant execute on function tenant_of_professional to konfirmado_app;
