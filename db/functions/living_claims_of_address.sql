-- Counts an address's living claims over all tenants. Finds them by the address alone, for the
-- reason that claims_of_session gives.
create function living_claims_of_address(p_address text) returns bigint
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return (
    select count(*)
    from (select c.state, c.expires_at from slot_claim c where c.address = p_address offset 0) theirs
    where theirs.state in ('held', 'paying') and theirs.expires_at > now()
  );
end $$;
call plan_by_index('living_claims_of_address');
revoke all on function living_claims_of_address from public;
grant execute on function living_claims_of_address to konfirmado_app, konfirmado_system;
