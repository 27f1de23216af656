-- Whether the provider's signature proves an approval of this checkout that is stored and not settled.
-- It keeps its claim, for at most the three days after which the inbox makes a refund case of it.
create function approval_waits(p_tenant uuid, p_checkout uuid) returns boolean
language plpgsql stable as $$
begin
  return exists (
    select from payment p
      join inbox_event e on e.tenant_id = p.tenant_id and e.reference = p.reference
    where p.tenant_id = p_tenant and p.checkout_id = p_checkout
      and e.state in ('received', 'unmatched') and e.is_approval
      and e.received_at > now() - interval '3 days'
  );
end $$;
call plan_by_index('approval_waits');
grant execute on function approval_waits to konfirmado_app, konfirmado_system;
