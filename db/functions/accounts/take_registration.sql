-- Takes what somebody typed on the page for new merchants, once, for whoever brings the proof from
-- the mail. Whatever else was typed for the same address goes with it. In the caller's transaction,
-- which makes the person and the tenant from it.
create function take_registration(proof text) returns table (
  business text,
  country text,
  email text,
  locale text,
  password text
) language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  taken auth.registration;
begin
  with proven as (
    delete from auth.person_proof
    where identifier = proof and expires_at > now()
    returning value::uuid as registration_id
  )
  select r.* into taken
  from auth.registration r join proven on r.id = proven.registration_id
  for update of r;
  if taken.id is null then
    return;
  end if;
  delete from auth.registration r where r.email = taken.email;
  return query select taken.business, taken.country, taken.email, taken.locale, taken.password;
end $$;
revoke all on function take_registration from public;
grant execute on function take_registration to konfirmado_system;
