-- Returns one professional's live claims that touch a span, in order, in epoch milliseconds. Omits
-- the session's own hold. As in expire_lapsed_claims, a stored approval keeps its claim until it is
-- settled, and the function has the owner's rights, so the tenant is a condition.
create function live_claims(
  p_tenant uuid,
  p_professional uuid,
  p_from timestamptz,
  p_until timestamptz,
  p_session text
) returns table (start_ms bigint, end_ms bigint, state text)
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  return query
    select
      (extract(epoch from lower(c.during)) * 1000)::bigint,
      (extract(epoch from upper(c.during)) * 1000)::bigint,
      case when c.state = 'booked' then 'booked' else 'held' end
    from slot_claim c
    where c.tenant_id = p_tenant and c.professional_id = p_professional
      and c.during && tstzrange(p_from, p_until)
      and c.state in ('held', 'paying', 'booked') and (
        c.state = 'booked' or c.expires_at > now()
        or c.state = 'paying' and approval_waits(c.tenant_id, c.checkout_id)
      )
      and not (c.state = 'held' and c.session is not distinct from p_session)
    order by lower(c.during);
end $$;
call plan_by_index('live_claims');
revoke all on function live_claims from public;
grant execute on function live_claims to konfirmado_app;
