-- Whether others have all the uses of a code, or all those that one customer may have. A use is a claim:
-- it counts while it lives, and for good once it is paid.
create function is_discount_used_up(p_tenant uuid, p_discount uuid, p_customer text, p_but uuid)
returns boolean language plpgsql stable as $$
begin
  return exists (
    select from discount d
    where d.tenant_id = p_tenant and d.id = p_discount and (
      d.used + (
        select count(*) from discount_claim c
        where c.tenant_id = d.tenant_id and c.discount_id = d.id and c.state = 'paying'
          and c.checkout_id <> p_but
          and (c.expires_at > clock_timestamp() or approval_waits(c.tenant_id, c.checkout_id))
      ) >= d.uses_max
      or (
        select count(*) from discount_claim c
        where c.tenant_id = d.tenant_id and c.discount_id = d.id and c.customer = p_customer
          and c.state in ('paying', 'booked') and c.checkout_id <> p_but
          and (c.state = 'booked' or c.expires_at > clock_timestamp()
            or approval_waits(c.tenant_id, c.checkout_id))
      ) >= d.uses_per_customer_max
    )
  );
end $$;
call plan_by_index('is_discount_used_up');
grant execute on function is_discount_used_up to konfirmado_app, konfirmado_system;
