-- Returns a session's claims that are held or paying, living or lapsed. Finds them by the session
-- alone and only then filters (`offset 0`), with the owner's rights: a plan made while the table
-- was empty could otherwise use another condition's index, and later read all of it.
create function claims_of_session(p_session text) returns setof slot_claim
language sql stable security definer set search_path = pg_catalog, public as $$
  select * from (select * from slot_claim where session = p_session offset 0) theirs
  where state in ('held', 'paying')
$$;
revoke all on function claims_of_session from public;
grant execute on function claims_of_session to konfirmado_app, konfirmado_system;
