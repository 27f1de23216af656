-- Marks several checkouts of different payments as paid in one round trip. Takes the living claims,
-- records the charge, finds or makes the customer, and writes and enqueues what follows. Returns
-- false, having recorded no outcome, where the claim has lapsed or the charge has an outcome. The
-- caller holds the locks of lock_for_settlements. Under row-level security all are of its tenant.
create function mark_paid(p_paid jsonb) returns setof boolean language plpgsql as $$
declare
  charges jsonb;
  paid uuid[];
  customers jsonb;
  events jsonb;
  stocked uuid[];
  low_stock jsonb;
begin
  select jsonb_object_agg(payment_id, id) into charges from record_charges(p_paid);
  with given as (
    -- A process of the version before says `needsClaim`.
    select "tenantId", "checkoutId",
      coalesce(capacity, case when "needsClaim" then 'slot' else 'none' end) as capacity
    from jsonb_to_recordset(p_paid) as one (
      "tenantId" uuid, "checkoutId" uuid, "paymentId" text, capacity text, "needsClaim" boolean)
    where charges ? "paymentId"
  ), claimed as (
    update slot_claim c set state = 'booked', expires_at = null, address = null
    from given
    where c.tenant_id = given."tenantId" and c.checkout_id = given."checkoutId"
      and given.capacity = 'slot' and c.state in ('paying', 'booked')
    returning c.checkout_id
  )
  select array_agg(id) into paid from (
    select checkout_id from claimed
    union all
    select "checkoutId" from given where capacity = 'none'
  ) as theirs (id);
  if p_paid @> '[{"capacity": "stock"}]' then
    select taken, low into stocked, low_stock from take_paid_stock((
      select jsonb_agg(one) from jsonb_array_elements(p_paid) one
      where one ->> 'capacity' = 'stock' and charges ? (one ->> 'paymentId')
    ));
    paid := paid || stocked;
  end if;

  -- Without a claim there is no outcome: takes back what was recorded above.
  if coalesce(cardinality(paid), 0) < jsonb_array_length(p_paid) then
    update charge c set outcome = null
    from jsonb_to_recordset(p_paid) as given ("tenantId" uuid, "checkoutId" uuid, "paymentId" text)
    where c.tenant_id = "tenantId" and c.id = (charges ->> "paymentId")::uuid
      and (paid is null or "checkoutId" <> all (paid));
  end if;
  if paid is not null then
    customers := keep_customers(p_paid, paid);
    update payment p set status = 'approved', updated_at = now()
    from jsonb_to_recordset(p_paid) as given (
      "tenantId" uuid, "checkoutId" uuid, "paymentId" uuid, "movesPayment" boolean)
    where p.tenant_id = "tenantId" and p.id = "paymentId" and "movesPayment"
      and "checkoutId" = any (paid);
    with moved as (
      update checkout k set
        status = 'paid',
        payment_status = 'paid',
        paid_charge_id = (charges ->> "paymentId")::uuid,
        customer_id = coalesce(k.customer_id, (customers ->> k.id::text)::uuid),
        updated_at = now(),
        callback_sequence = callback_sequence + ("followUps" @> '[{"counted": true}]')::int
      from jsonb_to_recordset(p_paid) as given (
        "tenantId" uuid, "checkoutId" uuid, "paymentId" text, details jsonb, actor text,
        conditions text[], "followUps" jsonb)
      where k.tenant_id = "tenantId" and k.id = "checkoutId" and k.id = any (paid)
      returning k.tenant_id, k.id, k.kind, k.paid_charge_id, k.callback_sequence, details, actor, conditions,
        "followUps"
    )
    select jsonb_agg(jsonb_build_object(
      'tenantId', tenant_id,
      'subjectKind', 'checkout',
      'subjectId', id,
      'kind', kind || '.paid',
      'details', details || jsonb_build_object('chargeId', paid_charge_id),
      'actor', actor,
      'conditions', conditions,
      'followUps', "followUps",
      'sequence', callback_sequence
    )) into events from moved;
    if low_stock is not null then events := events || low_stock; end if;
    perform write_events(events);
  end if;
  return query
    select coalesce((one ->> 'checkoutId')::uuid = any (paid), false)
    from jsonb_array_elements(p_paid) with ordinality as given (one, place) order by place;
end $$;
call plan_by_index('mark_paid');
grant execute on function mark_paid to konfirmado_app, konfirmado_system;
