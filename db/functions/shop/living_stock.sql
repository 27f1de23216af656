-- How many pieces of a variant are kept by living claims of other checkouts: within their time, or with
-- an approval that waits for its settling. By the clock of this moment, because the caller may have waited
-- for the variant's lock, and whoever had it before must not see another time.
create function living_stock(p_tenant uuid, p_variant uuid, p_but uuid default null) returns bigint
language plpgsql stable as $$
begin
  return (
    select coalesce(sum(c.quantity), 0) from stock_claim c
    where c.tenant_id = p_tenant and c.variant_id = p_variant and c.state = 'paying'
      and c.checkout_id is distinct from p_but
      and (c.expires_at > clock_timestamp() or approval_waits(c.tenant_id, c.checkout_id))
  );
end $$;
call plan_by_index('living_stock');
grant execute on function living_stock to konfirmado_app, konfirmado_system;
