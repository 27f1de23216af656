-- Keeps the page that a provider gave for a payment, unless another tab was there first. Returns the
-- one that is kept: a statement alone, because every customer waits for it.
create function record_page(p_tenant uuid, p_payment uuid, p_url text, p_provider_payment text) returns text
language plpgsql as $$
declare
  kept text;
begin
  execute format('set local app.tenant_id = %L', p_tenant);
  update payment p set
    provider_payment_id = case
      when p.checkout_url is null then p_provider_payment else p.provider_payment_id
    end,
    checkout_url = coalesce(p.checkout_url, p_url),
    updated_at = now()
  where p.tenant_id = p_tenant and p.id = p_payment
  returning p.checkout_url into kept;
  return kept;
end $$;
call plan_by_index('record_page');
grant execute on function record_page to konfirmado_app;
