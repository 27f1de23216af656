-- What mark_paid does for checkouts that have claimed stock: claims and uses become theirs for good, the
-- stock falls, and each gets its order with a number. `taken` omits, having changed nothing of them, those
-- of which a claim has lapsed or a piece is not there. `low` are the events of variants that a sale brought
-- to their mark. Locks claims, variants, codes and shops, each in one order.
create function take_paid_stock(p_paid jsonb, out taken uuid[], out low jsonb) language plpgsql as $$
begin
  perform from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
    join stock_claim c on c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
  order by c.tenant_id, c.checkout_id, c.variant_id for update of c;
  perform from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
    join discount_claim c on c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
  order by c.tenant_id, c.checkout_id for update of c;
  perform from variant v
  where (v.tenant_id, v.id) in (
    select c.tenant_id, c.variant_id
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
      join stock_claim c on c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
  )
  order by v.tenant_id, v.id for no key update;
  perform from discount d
  where (d.tenant_id, d.id) in (
    select c.tenant_id, c.discount_id
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
      join discount_claim c on c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
  )
  order by d.tenant_id, d.id for no key update;

  -- Its own statement, because only a new snapshot sees what others did while this one waited.
  with part as (
    select
      c.checkout_id,
      c.state = 'paying' and c.expires_at > clock_timestamp() as is_living,
      coalesce(
        v.on_hand >= sum(c.quantity) over (partition by c.tenant_id, c.variant_id), true
      ) as is_there
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
      join stock_claim c on c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
      join variant v on v.tenant_id = c.tenant_id and v.id = c.variant_id
  ), use as (
    select
      c.checkout_id,
      c.state = 'paying' and c.expires_at > clock_timestamp() as is_living,
      coalesce(
        d.used + count(*) over (partition by c.tenant_id, c.discount_id) <= d.uses_max, true
      ) as is_there
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
      join discount_claim c on c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
      join discount d on d.tenant_id = c.tenant_id and d.id = c.discount_id
  )
  select array_agg(whole.checkout_id) into taken from (
    select checkout_id from part group by checkout_id having bool_and(is_living and is_there)
  ) whole
  where not exists (
    select from use where use.checkout_id = whole.checkout_id and not (use.is_living and use.is_there)
  );
  if taken is null then return; end if;

  -- Their time is that of the lock, not of the transaction, so that a history is in its order.
  insert into stock_change (tenant_id, variant_id, quantity, on_hand, reason, checkout_id, actor, created_at)
  select
    c.tenant_id,
    c.variant_id,
    -c.quantity,
    v.on_hand - sum(c.quantity) over (partition by c.tenant_id, c.variant_id order by c.checkout_id),
    'sold',
    c.checkout_id,
    'provider',
    clock_timestamp()
  from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
    join stock_claim c on c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
    join variant v on v.tenant_id = c.tenant_id and v.id = c.variant_id
  where given."checkoutId" = any (taken) and v.on_hand is not null
  order by c.tenant_id, c.variant_id, c.checkout_id;
  with sold as (
    update stock_claim c set state = 'booked', expires_at = null
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
    where c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
      and c.checkout_id = any (taken) and c.state = 'paying'
    returning c.tenant_id, c.variant_id, c.quantity
  ), summed as (
    select tenant_id, variant_id, sum(quantity) as pieces from sold group by tenant_id, variant_id
  ), moved as (
    update variant v set on_hand = v.on_hand - summed.pieces
    from summed
    where v.tenant_id = summed.tenant_id and v.id = summed.variant_id and v.on_hand is not null
    returning v.tenant_id, v.id, v.product_id, v.on_hand, v.low_stock_at, summed.pieces
  )
  select jsonb_agg((p_paid -> 0 -> 'ifLow') || jsonb_build_object(
    'tenantId', tenant_id,
    'subjectId', tenant_id,
    'details', jsonb_build_object('productId', product_id, 'variantId', id, 'left', on_hand)
      || (p_paid -> 0 -> 'ifLow' -> 'cause')
  )) into low
  from moved where on_hand <= low_stock_at and on_hand + pieces > low_stock_at;

  with used as (
    update discount_claim c set state = 'booked', expires_at = null
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid)
    where c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
      and c.checkout_id = any (taken) and c.state = 'paying'
    returning c.tenant_id, c.discount_id
  ), counted as (
    select tenant_id, discount_id, count(*) as uses from used group by tenant_id, discount_id
  )
  update discount d set used = d.used + counted.uses
  from counted where d.tenant_id = counted.tenant_id and d.id = counted.discount_id;

  perform from shop s
  where s.tenant_id in (select "tenantId" from jsonb_to_recordset(p_paid) as given ("tenantId" uuid))
  order by s.tenant_id for no key update;
  with made as (
    select
      "tenantId" as tenant_id,
      "checkoutId" as id,
      "providerChargeId" as transaction_id,
      row_number() over (partition by "tenantId" order by "checkoutId") as place,
      count(*) over (partition by "tenantId") as orders
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid, "providerChargeId" text)
    where "checkoutId" = any (taken)
  ), numbered as (
    update shop s set orders_made = s.orders_made + made.orders
    from made where s.tenant_id = made.tenant_id and made.place = 1
    returning s.tenant_id, s.orders_made - made.orders as before
  )
  insert into shop_order (tenant_id, id, number, transaction_id, paid_at)
  select tenant_id, made.id, numbered.before + made.place, made.transaction_id, now()
  from made join numbered using (tenant_id);
end $$;
call plan_by_index('take_paid_stock');
grant execute on function take_paid_stock to konfirmado_app, konfirmado_system;
