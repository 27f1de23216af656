-- Finds the tenant of a cart's id from outside, before row-level security can apply. Reveals only the
-- tenant's id, to whoever knows 122 random bits.
create function tenant_of_cart(p_id uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select tenant_id from cart where id = p_id limit 1
$$;
revoke all on function tenant_of_cart from public;
grant execute on function tenant_of_cart to konfirmado_app, konfirmado_system;
