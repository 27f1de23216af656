-- Keeps a checkout's claims for at least so many minutes from now, if nobody else has the pieces and uses:
-- a claim that has lapsed may have been sold meanwhile. With p_revives also those that were let go, for
-- money that came late. Returns false, having changed nothing, if something of them is gone. Locks claims
-- first, then variants and the code.
create function keep_stock(p_tenant uuid, p_checkout uuid, p_minutes int, p_revives boolean)
returns boolean language plpgsql as $$
declare
  lines jsonb;
  use record;
  until timestamptz;
begin
  perform from stock_claim c where c.tenant_id = p_tenant and c.checkout_id = p_checkout
  order by c.variant_id for update;
  select discount_id, customer into use from discount_claim c
  where c.tenant_id = p_tenant and c.checkout_id = p_checkout
    and (c.state = 'paying' or p_revives and c.state in ('released', 'expired'))
  for update;
  select jsonb_agg(jsonb_build_object('variantId', variant_id, 'quantity', quantity)) into lines
  from stock_claim c
  where c.tenant_id = p_tenant and c.checkout_id = p_checkout
    and (c.state = 'paying' or p_revives and c.state in ('released', 'expired'));
  if lines is null then return false; end if;
  perform from variant v
  where v.tenant_id = p_tenant
    and v.id in (select "variantId" from jsonb_to_recordset(lines) as line ("variantId" uuid))
  order by v.id for no key update;
  perform from discount d where d.tenant_id = p_tenant and d.id = use.discount_id for no key update;
  if exists (select from missing_stock(p_tenant, p_checkout, lines))
    or is_discount_used_up(p_tenant, use.discount_id, use.customer, p_checkout) then
    return false;
  end if;

  until := clock_timestamp() + make_interval(mins => p_minutes);
  update stock_claim c set expires_at = greatest(expires_at, until)
  where c.tenant_id = p_tenant and c.checkout_id = p_checkout and c.state = 'paying';
  update discount_claim c set expires_at = greatest(expires_at, until)
  where c.tenant_id = p_tenant and c.checkout_id = p_checkout and c.state = 'paying';
  if p_revives then
    -- A claim that was let go stays so: a new one takes its place.
    delete from stock_claim c
    where c.tenant_id = p_tenant and c.checkout_id = p_checkout and c.state in ('released', 'expired');
    if found then
      insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, expires_at)
      select p_tenant, line."variantId", p_checkout, line.quantity, 'paying', until
      from jsonb_to_recordset(lines) as line ("variantId" uuid, quantity int);
    end if;
    delete from discount_claim c
    where c.tenant_id = p_tenant and c.checkout_id = p_checkout and c.state in ('released', 'expired');
    if found then
      insert into discount_claim (tenant_id, discount_id, checkout_id, customer, state, expires_at)
      values (p_tenant, use.discount_id, p_checkout, use.customer, 'paying', until);
    end if;
  end if;
  return true;
end $$;
call plan_by_index('keep_stock');
grant execute on function keep_stock to konfirmado_app, konfirmado_system;
