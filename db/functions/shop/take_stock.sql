-- Claims all lines of a checkout, [{variantId, quantity}], and a use of its code, or nothing: then it
-- returns what is missing, with a null id for the code. Locks the variants in the order of their ids, then
-- the code, and counts in a snapshot after that. A look without a lock goes first: whoever comes too late
-- waits for nobody.
create function take_stock(
  p_tenant uuid,
  p_checkout uuid,
  p_lines jsonb,
  p_discount uuid,
  p_customer text,
  p_expires timestamptz
) returns table (missing_id uuid, available int) language plpgsql as $$
begin
  return query select * from missing_stock(p_tenant, p_checkout, p_lines);
  if found then return; end if;
  perform from variant v
  where v.tenant_id = p_tenant
    and v.id in (select "variantId" from jsonb_to_recordset(p_lines) as line ("variantId" uuid))
  order by v.id for no key update;
  return query select * from missing_stock(p_tenant, p_checkout, p_lines);
  if found then return; end if;
  if p_discount is not null then
    perform from discount d where d.tenant_id = p_tenant and d.id = p_discount for no key update;
    if not found or is_discount_used_up(p_tenant, p_discount, p_customer, p_checkout) then
      return query select null::uuid, 0;
      return;
    end if;
    insert into discount_claim (tenant_id, discount_id, checkout_id, customer, state, expires_at)
    values (p_tenant, p_discount, p_checkout, p_customer, 'paying', p_expires);
  end if;
  insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, expires_at)
  select p_tenant, line."variantId", p_checkout, line.quantity, 'paying', p_expires
  from jsonb_to_recordset(p_lines) as line ("variantId" uuid, quantity int)
  order by line."variantId";
end $$;
call plan_by_index('take_stock');
grant execute on function take_stock to konfirmado_app, konfirmado_system;
