-- Relabels the lapsed claims of a span. Returns false, having relabelled nothing, if a living claim is
-- there, or one whose approval waits for its settling: that one lives on. A call of its own, because
-- one snapshot with the insert would give a false "taken". Has the owner's rights: `&&` is not
-- leakproof, so row-level security would keep it from the index. It changes and reveals only what
-- time has decided. `p_own` is a claim that moves, which is not in its own way.
create function expire_lapsed_claims(
  p_tenant uuid,
  p_professional uuid,
  p_during tstzrange,
  p_own uuid default null
) returns boolean language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if exists (
    select from slot_claim
    where tenant_id = p_tenant and professional_id = p_professional and during && p_during
      and state in ('held', 'paying', 'booked') and (state = 'booked' or expires_at > now())
      and id is distinct from p_own
  ) then
    return false;
  end if;
  with waiting as (
    select tenant_id, id from slot_claim
    where tenant_id = p_tenant and professional_id = p_professional and during && p_during
      and state in ('held', 'paying', 'booked') and state = 'paying' and expires_at <= now()
      and approval_waits(tenant_id, checkout_id)
    order by id for update
  )
  update slot_claim c set expires_at = now() + interval '10 minutes' from waiting
  where c.tenant_id = waiting.tenant_id and c.id = waiting.id;
  if found then return false; end if;
  with lapsed as (
    select tenant_id, id from slot_claim
    where tenant_id = p_tenant and professional_id = p_professional and during && p_during
      and state in ('held', 'paying', 'booked') and expires_at <= now()
    order by id for update
  )
  update slot_claim c set state = 'expired' from lapsed
  where c.tenant_id = lapsed.tenant_id and c.id = lapsed.id;
  return true;
end $$;
call plan_by_index('expire_lapsed_claims');
revoke all on function expire_lapsed_claims from public;
grant execute on function expire_lapsed_claims to konfirmado_app, konfirmado_system;
