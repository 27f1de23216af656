-- Makes a person with a password in the caller's transaction, so that they and their tenant or
-- membership are made together or not at all. Returns null if the address has a person already.
create function make_person(given jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  made uuid;
begin
  insert into auth.person (name, email, email_verified, locale)
  values (given->>'name', given->>'email', true, given->>'locale')
  on conflict (email) do nothing
  returning id into made;
  insert into auth.person_account (user_id, account_id, provider_id, password)
  select made, made, 'credential', given->>'password'
  where made is not null;
  return made;
end $$;
revoke all on function make_person from public;
grant execute on function make_person to konfirmado_system;
