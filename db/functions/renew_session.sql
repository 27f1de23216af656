-- Gives what a browser holds or pays for to its new session, at all merchants, because a browser has
-- one session for all. p_except is the hold that its booking moves itself. Locks checkouts before
-- claims, as settling does, after the lock that a hold of this session takes.
create function renew_session(p_old text, p_new text, p_except uuid) returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(p_old, 3));
  perform from checkout k
  where k.session = p_old
    and (k.tenant_id, k.id) in (select tenant_id, checkout_id from claims_of_session(p_old))
  order by k.id for update;
  update checkout k set session = p_new
  from claims_of_session(p_old) c
  where k.tenant_id = c.tenant_id and k.id = c.checkout_id and k.session = p_old;
  update slot_claim s set session = p_new
  from claims_of_session(p_old) c
  where s.tenant_id = c.tenant_id and s.id = c.id and s.session = p_old and s.id <> p_except;
end $$;
call plan_by_index('renew_session');
revoke all on function renew_session from public;
grant execute on function renew_session to konfirmado_app, konfirmado_system;
