-- Whether money may have been paid of which the provider has not told: it was not asked since the end, it
-- did not answer, a bank still decides, or an approval waits for its settling.
create function awaits_answer(p_tenant uuid, p_checkout uuid) returns boolean language plpgsql stable as $$
begin
  return exists (
    select from payment p
    where p.tenant_id = p_tenant and p.checkout_id = p_checkout
      and (
        is_unanswered(p)
        or p.status = 'pending' and p.seen_at is null and p.closed_at is null
          and case
            when p.can_be_asked then p.asked_at is null or p.asked_at < p.payable_until
            else p.payable_until > now()
          end
      )
  ) or approval_waits(p_tenant, p_checkout);
end $$;
call plan_by_index('awaits_answer');
grant execute on function awaits_answer to konfirmado_app, konfirmado_system;
