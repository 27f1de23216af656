-- One round trip for the webhooks that wait: each stored durably with its settling enqueued, or known already. Runs as the system role.
-- In the order of their keys, so that two such statements with the same deliveries meet in the same order.
create function receive_events(p_tenants uuid[], p_connections uuid[], p_providers text[], p_keys text[], p_kinds text[], p_references text[],
  p_charges text[], p_are_about_charge boolean[], p_bodies text[], p_headers text[])
returns setof boolean language plpgsql as $$
declare new_ids uuid[]; stored_ids uuid[]; tasks text[]; payloads json[]; keys text[];
begin
  select array_agg(new_id()) into new_ids from unnest(p_keys);
  with stored as (
    insert into inbox_event (tenant_id, id, connection_id, provider, event_key, event_kind, reference, provider_charge_id, is_about_charge, body, headers, state)
    select tenant, id, connection, provider, key, kind, reference, charge, is_about_charge, body, headers::jsonb, case when is_about_charge then 'received' else 'ignored' end
    from unnest(p_tenants, new_ids, p_connections, p_providers, p_keys, p_kinds, p_references, p_charges, p_are_about_charge, p_bodies, p_headers)
      as given (tenant, id, connection, provider, key, kind, reference, charge, is_about_charge, body, headers)
    order by connection, key
    on conflict (tenant_id, connection_id, event_key) do nothing
    returning tenant_id, id, is_about_charge
  )
  select array_agg(id), array_agg('settle-inbox-event'::text) filter (where is_about_charge),
    array_agg(json_build_object('tenantId', tenant_id, 'inboxEventId', id)) filter (where is_about_charge), array_agg('inbox-' || id) filter (where is_about_charge)
    into stored_ids, tasks, payloads, keys from stored;
  if tasks is not null then perform enqueue_jobs(tasks, payloads, keys); end if;
  return query select coalesce(id = any (stored_ids), false) from unnest(new_ids) with ordinality as made (id, n) order by n;
end $$;
grant execute on function receive_events to konfirmado_system;

-- Locks booking, then payment (always in this order), and records what the provider says of a charge. Null rows: the attempt was cleaned up.
-- The charge comes back as it stood before, or as it was just made.
create function lock_for_settle(p_tenant uuid, p_payment uuid, p_charge text, p_reference text, p_state text, p_provider_status text,
  p_amount bigint, p_currency text, p_method text, out booking jsonb, out payment jsonb, out charge jsonb, out callback_url text)
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare b booking; p payment; c charge;
begin
  select * into b from booking where booking.tenant_id = p_tenant and booking.id = (select booking_id from payment where payment.tenant_id = p_tenant and payment.id = p_payment) for update;
  select * into p from payment where payment.tenant_id = p_tenant and payment.id = p_payment for update;
  if b.id is null or p.id is null then return; end if;
  insert into charge (tenant_id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency, method)
  values (p_tenant, p.connection_id, p.id, p_charge, p_reference, p_state, p_provider_status, p_amount, p_currency, p_method)
  on conflict (tenant_id, connection_id, provider_charge_id) do nothing returning * into c;
  if c.id is null then
    select * into c from charge where charge.tenant_id = p_tenant and charge.connection_id = p.connection_id and charge.provider_charge_id = p_charge for update;
  end if;
  select tenant.callback_url into lock_for_settle.callback_url from tenant where tenant.tenant_id = p_tenant;
  booking := to_jsonb(b); payment := to_jsonb(p); charge := to_jsonb(c);
end $$;

-- The living claim becomes the booking's, and everything that follows from it, in one round trip. False: the claim has lapsed and was relabelled.
create function mark_paid(p_tenant uuid, p_booking uuid, p_payment uuid, p_charge uuid, p_moves_payment boolean, p_details jsonb, p_follow_ups jsonb)
returns boolean language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  update slot_claim set state = 'booked', expires_at = null, address = null where tenant_id = p_tenant and booking_id = p_booking and state in ('held', 'paying', 'booked');
  if not found then return false; end if;
  if p_moves_payment then update payment set status = 'approved', updated_at = now() where tenant_id = p_tenant and id = p_payment; end if;
  update charge set outcome = 'booked', updated_at = now() where tenant_id = p_tenant and id = p_charge;
  update booking set status = 'paid', payment_status = 'paid', paid_charge_id = p_charge, updated_at = now() where tenant_id = p_tenant and id = p_booking;
  perform log_event(p_tenant, 'booking', p_booking, 'booking.paid', p_details, 'provider', p_follow_ups);
  return true;
end $$;
grant execute on function lock_for_settle, mark_paid to konfirmado_app, konfirmado_system;
grant select, insert, update, delete on worker_process to konfirmado_system;
