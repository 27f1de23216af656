-- Finds the tenant of a hold's id from outside, for the session that holds it only.
create function tenant_of_claim(p_id uuid, p_session text) returns uuid
language sql stable security definer set search_path = pg_catalog, public as $$
  select tenant_id from slot_claim
  where id = p_id and session = p_session and state in ('held', 'paying')
  limit 1
$$;
revoke all on function tenant_of_claim from public;
grant execute on function tenant_of_claim to konfirmado_app, konfirmado_system;
