-- Asks about the payments whose claims keep a span (ask_about_payments). With its owner's rights, as
-- expire_lapsed_claims says.
create function ask_about_claims(
  p_tenant uuid,
  p_professional uuid,
  p_during tstzrange
) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform ask_about_payments(p_tenant, array(
    select c.checkout_id from slot_claim c
    where c.tenant_id = p_tenant and c.professional_id = p_professional and c.during && p_during
      and c.state in ('held', 'paying', 'booked') and c.state = 'paying'
  ));
end $$;
call plan_by_index('ask_about_claims');
revoke all on function ask_about_claims from public;
grant execute on function ask_about_claims to konfirmado_app, konfirmado_system;
