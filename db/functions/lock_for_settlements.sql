-- The only place that takes the locks of settling: checkout, then payment, for several charges in
-- one round trip, ordered by checkout, so that two batches lock in the same order. Finds each
-- payment by its reference. Omits a reference that is not ours, or not of this connection. Returns
-- what a decision needs. charge_id is null for a new charge.
create function lock_for_settlements(p_charges jsonb) returns table (
  place int,
  checkout_id uuid,
  checkout_kind text,
  checkout_status text,
  paid_charge_id uuid,
  traits text[],
  payment_id uuid,
  payment_status text,
  payment_amount_minor bigint,
  payment_currency text,
  charge_id uuid,
  charge_status text,
  has_outcome boolean,
  charge_amount_minor bigint,
  charge_currency text,
  has_callback boolean,
  is_late boolean
) language plpgsql as $$
begin
  perform
  from jsonb_to_recordset(p_charges) as given ("tenantId" uuid, "connectionId" uuid, reference text)
    join payment p on p.tenant_id = given."tenantId" and p.reference = given.reference
      and p.connection_id = given."connectionId"
    join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id
  order by k.id, p.id
  for update of k, p;
  -- Its own statement, because only a new snapshot sees what others did while this one waited.
  return query
    select
      given.place::int,
      k.id,
      k.kind::text,
      k.status::text,
      k.paid_charge_id,
      k.traits,
      p.id,
      p.status::text,
      p.amount_minor::bigint,
      p.currency,
      c.id,
      c.status::text,
      c.outcome is not null or c.payment_id is distinct from p.id,
      c.amount_minor::bigint,
      c.currency,
      t.callback_url is not null,
      coalesce(k.settle_until <= now(), false)
    from rows from (jsonb_to_recordset(p_charges) as (
        "tenantId" uuid, "connectionId" uuid, reference text, "providerChargeId" text
      )) with ordinality as given ("tenantId", "connectionId", reference, "providerChargeId", place)
      join payment p on p.tenant_id = given."tenantId" and p.reference = given.reference
        and p.connection_id = given."connectionId"
      join checkout k on k.tenant_id = p.tenant_id and k.id = p.checkout_id
      join tenant t on t.tenant_id = p.tenant_id
      left join charge c on c.tenant_id = p.tenant_id
        and c.connection_id = p.connection_id
        and c.provider_charge_id = given."providerChargeId"
    order by given.place;
end $$;
call plan_by_index('lock_for_settlements');
grant execute on function lock_for_settlements to konfirmado_app, konfirmado_system;
