-- Somebody wants what these checkouts keep beyond the end that their customers see: the provider is asked
-- about their payments as soon as its answer can free it, at most every ten seconds a payment. Waits for
-- nobody: a payment that is being settled needs no question.
create function ask_about_payments(p_tenant uuid, p_checkouts uuid[]) returns void language plpgsql as $$
declare
  asked int;
begin
  with wanted as (
    select p.tenant_id, p.id
    from checkout k join payment p on p.tenant_id = k.tenant_id and p.checkout_id = k.id
    where k.tenant_id = p_tenant and k.id = any (p_checkouts) and k.ends_at <= now()
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
call plan_by_index('ask_about_payments');
grant execute on function ask_about_payments to konfirmado_app, konfirmado_system;
