-- Somebody wants pieces, or a use of a code, that paying claims keep beyond the end that their customers
-- see: the provider is asked as soon as its answer can free them, as ask_about_claims does for a span.
create function ask_about_stock(p_tenant uuid, p_variants uuid[], p_discount uuid) returns void
language plpgsql as $$
declare
  asked int;
begin
  with keeping as (
    select checkout_id from stock_claim
    where tenant_id = p_tenant and variant_id = any (p_variants) and state = 'paying'
    union
    select checkout_id from discount_claim
    where tenant_id = p_tenant and discount_id = p_discount and state = 'paying'
  ), wanted as (
    select p.tenant_id, p.id
    from checkout k join payment p on p.tenant_id = k.tenant_id and p.checkout_id = k.id
    where k.tenant_id = p_tenant and k.id in (select checkout_id from keeping) and k.ends_at <= now()
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
call plan_by_index('ask_about_stock');
grant execute on function ask_about_stock to konfirmado_app, konfirmado_system;
