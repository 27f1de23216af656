-- Stores a batch of webhooks in one round trip and one flush, each with its settling enqueued.
-- Returns true for new ones, in the order given. The caller orders them by key, so that two batches
-- of the same deliveries lock in the same order. Runs as the system role.
create function receive_events(p_events jsonb) returns setof boolean language plpgsql as $$
declare
  new_ids uuid[];
  stored_ids uuid[];
  tasks text[];
  payloads json[];
  keys text[];
begin
  select array_agg(new_id()) into new_ids from jsonb_array_elements(p_events);
  with stored as (
    insert into inbox_event (
      tenant_id, id, connection_id, provider, event_key, event_kind, reference, provider_charge_id,
      is_about_charge, is_approval, body, headers, state
    )
    select
      "tenantId",
      new_ids[place],
      "connectionId",
      provider,
      "eventKey",
      "eventKind",
      reference,
      "providerChargeId",
      "isAboutCharge",
      coalesce("isApproval", false),
      body,
      headers,
      case when "isAboutCharge" then 'received' else 'ignored' end
    from rows from (jsonb_to_recordset(p_events) as (
      "tenantId" uuid,
      "connectionId" uuid,
      provider text,
      "eventKey" text,
      "eventKind" text,
      reference text,
      "providerChargeId" text,
      "isAboutCharge" boolean,
      "isApproval" boolean,
      body text,
      headers jsonb
    )) with ordinality as given (
      "tenantId", "connectionId", provider, "eventKey", "eventKind", reference, "providerChargeId",
      "isAboutCharge", "isApproval", body, headers, place
    )
    order by place
    on conflict (tenant_id, connection_id, event_key) do nothing
    returning tenant_id, id, is_about_charge
  )
  select
    array_agg(id),
    array_agg('settle-inbox-event'::text) filter (where is_about_charge),
    array_agg(json_build_object('tenantId', tenant_id, 'inboxEventId', id)) filter (where is_about_charge),
    array_agg('inbox-' || id) filter (where is_about_charge)
  into stored_ids, tasks, payloads, keys
  from stored;
  if tasks is not null then
    perform enqueue_jobs(tasks, payloads, keys);
  end if;
  return query
    select coalesce(id = any (stored_ids), false)
    from unnest(new_ids) with ordinality as made (id, place) order by place;
end $$;
call plan_by_index('receive_events');
grant execute on function receive_events to konfirmado_system;
