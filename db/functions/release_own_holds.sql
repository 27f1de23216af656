-- Releases the session's other holds, in one lock order for all: two customers who swap slots would
-- otherwise deadlock. Keeps, and returns, an own hold of exactly this slot.
create function release_own_holds(
  p_tenant uuid,
  p_professional uuid,
  p_service uuid,
  p_starts timestamptz,
  p_session text,
  out kept slot_claim,
  out released uuid[]
) language plpgsql as $$
declare
  lock_key bigint;
begin
  for lock_key in
    select distinct hashtextextended(k::text, 1) from (
      select professional_id from claims_of_session(p_session) where state = 'held' and tenant_id = p_tenant
      union select p_professional
    ) as picked(k) order by 1
  loop
    perform pg_advisory_xact_lock(lock_key);
  end loop;
  select * into kept from claims_of_session(p_session)
  where tenant_id = p_tenant and state = 'held' and expires_at > now()
    and professional_id = p_professional and service_id = p_service and starts_at = p_starts
  limit 1;
  if kept.id is not null then return; end if;
  with gone as (
    update slot_claim set state = 'released'
    where tenant_id = p_tenant and state = 'held'
      and id in (select id from claims_of_session(p_session) where tenant_id = p_tenant and state = 'held')
    returning id
  )
  select array_agg(id) into released from gone;
end $$;
call plan_by_index('release_own_holds');
grant execute on function release_own_holds to konfirmado_app, konfirmado_system;
