-- What is still to be paid of a booking that stands: its price without its deposit, unless that was paid.
-- The one home of this sum: lists, pages and mails ask here.
create function open_rest(b booking, k checkout) returns bigint language sql stable as $$
  select case
    when not b.imported and k.status in ('paid', 'confirmed') and not exists (
      select from booking_rest r join checkout c on c.tenant_id = r.tenant_id and c.id = r.id
      where r.tenant_id = b.tenant_id and r.booking_id = b.id and c.status in ('paid', 'confirmed')
    ) then greatest(b.price_minor::bigint - k.amount_minor::bigint, 0)
    else 0::bigint
  end
$$;
grant execute on function open_rest to konfirmado_app, konfirmado_system;
