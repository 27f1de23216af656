-- Whether an approval of this checkout may be stored and not settled: one that the provider's signature
-- proves, or an event that names only a charge, which nobody was asked about yet, of a connection that
-- has not answered for the payment since. It keeps its claim, for at most the three days after which the
-- inbox gives an event up.
create function approval_waits(p_tenant uuid, p_checkout uuid) returns boolean
language plpgsql stable as $$
begin
  return exists (
    select from payment p
      join inbox_event e on e.tenant_id = p.tenant_id and e.reference = p.reference
    where p.tenant_id = p_tenant and p.checkout_id = p_checkout
      and e.state in ('received', 'unmatched') and e.is_approval
      and e.received_at > now() - interval '3 days'
  ) or exists (
    select from payment p
      join inbox_event e on e.tenant_id = p.tenant_id and e.connection_id = p.connection_id
    where p.tenant_id = p_tenant and p.checkout_id = p_checkout
      and p.can_be_asked and p.seen_at is null and p.closed_at is null
      and e.state = 'received' and e.reference is null
      and e.received_at > greatest(p.created_at, now() - interval '3 days')
      and (p.asked_at is null or p.asked_at < e.received_at + make_interval(secs => p.grace_seconds))
  );
end $$;
call plan_by_index('approval_waits');
grant execute on function approval_waits to konfirmado_app, konfirmado_system;
