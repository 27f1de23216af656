-- Moves a booking's claim to another time or professional. The constraint decides: returns false,
-- having moved nothing, if somebody else has any of the span; null if the booking has no claim to
-- move. Under the locks of release_own_holds: a customer who swaps into the span that is left, and
-- the booking that comes to theirs, would each wait for the other.
create function move_claim(
  p_tenant uuid,
  p_checkout uuid,
  p_professional uuid,
  p_starts timestamptz,
  p_ends timestamptz,
  p_during tstzrange
) returns boolean language plpgsql as $$
declare
  lock_key bigint;
  own uuid;
begin
  for lock_key in
    select distinct hashtextextended(k::text, 1) from (
      select professional_id from slot_claim
      where tenant_id = p_tenant and checkout_id = p_checkout and state = 'booked'
      union select p_professional
    ) as picked(k) order by 1
  loop
    perform pg_advisory_xact_lock(lock_key);
  end loop;
  select id into own from slot_claim
  where tenant_id = p_tenant and checkout_id = p_checkout and state = 'booked' for update;
  if own is null then return null; end if;
  -- A statement of its own: in one snapshot with the update, the span would wrongly look taken.
  perform expire_lapsed_claims(p_tenant, p_professional, p_during, own);
  begin
    update slot_claim set
      professional_id = p_professional,
      starts_at = p_starts,
      ends_at = p_ends,
      during = p_during
    where tenant_id = p_tenant and id = own;
  exception when exclusion_violation then
    return false;
  end;
  return true;
end $$;
call plan_by_index('move_claim');
grant execute on function move_claim to konfirmado_app, konfirmado_system;
