-- Somebody wants a span that paying claims keep beyond the end that their customers see: the provider is
-- asked about their payments as soon as its answer can free them, at most every ten seconds a payment.
-- With its owner's rights, as expire_lapsed_claims says. Waits for nobody: a payment that is being
-- settled needs no question.
create function ask_about_claims(
  p_tenant uuid,
  p_professional uuid,
  p_during tstzrange
) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  asked int;
begin
  with wanted as (
    select p.tenant_id, p.id
    from slot_claim c
      join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      join payment p on p.tenant_id = k.tenant_id and p.checkout_id = k.id
    where c.tenant_id = p_tenant and c.professional_id = p_professional and c.during && p_during
      and c.state in ('held', 'paying', 'booked') and c.state = 'paying' and k.ends_at <= now()
      and p.can_be_asked and is_unanswered(p)
      and (p.wanted_at is null or p.wanted_at <= now() - interval '10 seconds')
    order by p.id limit 10
    for update of p skip locked
  ), marked as (
    update payment p set wanted_at = now() from wanted
    where p.tenant_id = wanted.tenant_id and p.id = wanted.id
    returning p.tenant_id, p.id, p.expires_at, p.grace_seconds
  )
  select count(enqueue_job(
    'poll-payment',
    json_build_object('tenantId', tenant_id, 'paymentId', id, 'isExtra', true),
    run_at := greatest(now(), expires_at + make_interval(secs => grace_seconds)),
    job_key := 'wanted-' || id
  )) into asked from marked;
end $$;
call plan_by_index('ask_about_claims');
revoke all on function ask_about_claims from public;
grant execute on function ask_about_claims to konfirmado_app, konfirmado_system;
