-- Whether money may have been paid of which the provider has not told: a payment of this checkout was not
-- answered to a question from two minutes after its page ended, or a bank still decides about it.
create function awaits_answer(p_tenant uuid, p_checkout uuid) returns boolean language plpgsql stable as $$
begin
  return exists (
    select from payment p
    where p.tenant_id = p_tenant and p.checkout_id = p_checkout
      and p.status in ('created', 'pending', 'declined', 'error', 'expired', 'cancelled')
      and (
        p.asked_at is null
        or p.asked_at < p.expires_at + interval '2 minutes'
        or p.status = 'pending' and p.asked_at < p.payable_until
      )
  );
end $$;
call plan_by_index('awaits_answer');
grant execute on function awaits_answer to konfirmado_app, konfirmado_system;
