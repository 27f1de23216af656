-- The only place that inserts a charge. Writes new ones, and known ones without an outcome, as the
-- caller has decided under its locks. Omits a charge that has an outcome already.
create function record_charges(p_charges jsonb) returns setof charge language sql as $$
  insert into charge (
    tenant_id, connection_id, payment_id, provider_charge_id, reference, status, provider_status,
    amount_minor, tip_minor, currency, method, approved_at, outcome
  )
  select
    "tenantId",
    "connectionId",
    "paymentId",
    "providerChargeId",
    reference,
    state,
    "providerStatus",
    "amountMinor",
    coalesce("tipMinor", 0),
    currency,
    method,
    "approvedAt",
    outcome
  from jsonb_to_recordset(p_charges) as given (
    "tenantId" uuid,
    "connectionId" uuid,
    "paymentId" uuid,
    "providerChargeId" text,
    reference text,
    state text,
    "providerStatus" text,
    "amountMinor" bigint,
    "tipMinor" bigint,
    currency text,
    method text,
    "approvedAt" timestamptz,
    outcome text
  )
  on conflict (tenant_id, connection_id, provider_charge_id) do update set
    payment_id = coalesce(excluded.payment_id, charge.payment_id),
    status = excluded.status,
    provider_status = excluded.provider_status,
    tip_minor = excluded.tip_minor,
    approved_at = coalesce(charge.approved_at, excluded.approved_at),
    outcome = excluded.outcome,
    updated_at = now()
  where charge.outcome is null
  returning *
$$;
grant execute on function record_charges to konfirmado_app, konfirmado_system;
