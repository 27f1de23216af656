-- One round trip for the webhooks that wait: each stored durably with its settling enqueued, or known already. Runs as the system role.
-- In the order of their keys, so that two such statements with the same deliveries meet in the same order.
create function receive_events(p_tenants uuid[], p_connections uuid[], p_providers text[], p_keys text[], p_kinds text[], p_references text[],
  p_charges text[], p_are_about_charge boolean[], p_bodies text[], p_headers text[])
returns setof boolean language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
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
  p_amount bigint, p_currency text, p_method text, p_approved_at timestamptz, out booking jsonb, out payment jsonb, out charge jsonb, out callback_url text)
language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare b booking; p payment; c charge;
begin
  select * into b from booking where booking.tenant_id = p_tenant and booking.id = (select booking_id from payment where payment.tenant_id = p_tenant and payment.id = p_payment) for update;
  select * into p from payment where payment.tenant_id = p_tenant and payment.id = p_payment for update;
  if b.id is null or p.id is null then return; end if;
  insert into charge (tenant_id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency, method, approved_at)
  values (p_tenant, p.connection_id, p.id, p_charge, p_reference, p_state, p_provider_status, p_amount, p_currency, p_method, p_approved_at)
  on conflict (tenant_id, connection_id, provider_charge_id) do nothing returning * into c;
  if c.id is null then
    select * into c from charge where charge.tenant_id = p_tenant and charge.connection_id = p.connection_id and charge.provider_charge_id = p_charge for update;
  end if;
  select tenant.callback_url into lock_for_settle.callback_url from tenant where tenant.tenant_id = p_tenant;
  booking := to_jsonb(b); payment := to_jsonb(p); charge := to_jsonb(c);
end $$;

-- The same locks for several charges in one round trip, with what a decision needs to know; nothing is recorded. Booking by booking in the order
-- of their ids, so that two such statements meet in the same order. No row for an attempt that was cleaned up. charge_id is null if it is new.
-- Of several tenants at once: for the system role.
create function lock_for_settlements(p_tenants uuid[], p_payments uuid[], p_charges text[])
returns table (place int, booking_id uuid, booking_status text, paid_charge_id uuid, online boolean, payment_id uuid, payment_status text,
  payment_amount_minor bigint, payment_currency text, charge_id uuid, charge_status text, has_outcome boolean, charge_amount_minor bigint,
  charge_currency text, has_callback boolean)
language plpgsql set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
begin
  perform from unnest(p_tenants, p_payments) as given (tenant, payment)
    join payment p on p.tenant_id = given.tenant and p.id = given.payment join booking b on b.tenant_id = p.tenant_id and b.id = p.booking_id
  order by b.id, p.id for update of b, p;
  -- Its own statement: what another transaction did while this one waited for the locks is seen only by a new snapshot.
  return query
    select given.place::int, b.id, b.status::text, b.paid_charge_id, b.online, p.id, p.status::text, p.amount_minor::bigint, p.currency, c.id, c.status::text,
      c.outcome is not null or c.payment_id is distinct from p.id, c.amount_minor::bigint, c.currency, t.callback_url is not null
    from unnest(p_tenants, p_payments, p_charges) with ordinality as given (tenant, payment, charge, place)
      join payment p on p.tenant_id = given.tenant and p.id = given.payment
      join booking b on b.tenant_id = p.tenant_id and b.id = p.booking_id
      join tenant t on t.tenant_id = p.tenant_id
      left join charge c on c.tenant_id = p.tenant_id and c.connection_id = p.connection_id and c.provider_charge_id = given.charge
    order by given.place;
end $$;

-- Several bookings, each of another payment, become paid in one round trip, each as if alone: the living claim is theirs, the charge is recorded as
-- what paid, and everything that follows is written and enqueued. False, and no outcome for that one: its claim has lapsed, or its charge has an
-- outcome already. The caller holds the locks of lock_for_settle(ments); under row-level security all are of its tenant.
create function mark_paid(p_tenants uuid[], p_bookings uuid[], p_payments uuid[], p_move_payments boolean[], p_charges text[], p_references text[],
  p_provider_statuses text[], p_amounts bigint[], p_currencies text[], p_methods text[], p_approved_at timestamptz[], p_details jsonb[], p_follow_ups jsonb[])
returns setof boolean language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as $$
declare charges uuid[]; paid uuid[]; tenants uuid[]; bookings uuid[]; sequences int[]; details jsonb[]; follow_ups jsonb[];
begin
  with recorded as (
    insert into charge (tenant_id, connection_id, payment_id, provider_charge_id, reference, status, provider_status, amount_minor, currency, method, approved_at, outcome)
    select tenant, p.connection_id, p.id, charge, given.reference, 'approved', given.provider_status, amount, given.currency, given.method, given.approved_at, 'booked'
    from unnest(p_tenants, p_payments, p_charges, p_references, p_provider_statuses, p_amounts, p_currencies, p_methods, p_approved_at)
        as given (tenant, payment, charge, reference, provider_status, amount, currency, method, approved_at)
      join payment p on p.tenant_id = tenant and p.id = payment
    on conflict (tenant_id, connection_id, provider_charge_id) do update set status = 'approved', provider_status = excluded.provider_status,
      approved_at = coalesce(charge.approved_at, excluded.approved_at), outcome = 'booked', updated_at = now()
      where charge.outcome is null and charge.payment_id = excluded.payment_id
    returning id, payment_id
  )
  select array_agg(recorded.id order by place) into charges
  from unnest(p_payments) with ordinality as given (payment, place) left join recorded on payment_id = payment;

  with claimed as (
    update slot_claim c set state = 'booked', expires_at = null, address = null from unnest(p_tenants, p_bookings, charges) as given (tenant, booking, charge)
    where c.tenant_id = tenant and c.booking_id = booking and charge is not null and c.state in ('held', 'paying', 'booked') returning c.booking_id
  )
  select array_agg(booking_id) into paid from claimed;
  -- No claim, no outcome: what was recorded above is taken back.
  if coalesce(cardinality(paid), 0) < cardinality(p_bookings) then
    update charge c set outcome = null from unnest(p_tenants, p_bookings, charges) as given (tenant, booking, charge)
    where c.tenant_id = tenant and c.id = charge and (paid is null or booking <> all (paid));
  end if;

  if paid is not null then
    update payment p set status = 'approved', updated_at = now() from unnest(p_tenants, p_bookings, p_payments, p_move_payments) as given (tenant, booking, payment, moves)
    where p.tenant_id = tenant and p.id = payment and moves and booking = any (paid);
    with moved as (
      update booking b set status = 'paid', payment_status = 'paid', paid_charge_id = charge, updated_at = now(),
        callback_sequence = callback_sequence + (wanted @> '[{"counted": true}]')::int
      from unnest(p_tenants, p_bookings, charges, p_follow_ups) as given (tenant, booking, charge, wanted)
      where b.tenant_id = tenant and b.id = booking and booking = any (paid) returning b.tenant_id, b.id, b.callback_sequence
    )
    select array_agg(moved.tenant_id), array_agg(moved.id), array_agg(moved.callback_sequence), array_agg(given.details || jsonb_build_object('chargeId', charge)),
      array_agg(given.wanted) into tenants, bookings, sequences, details, follow_ups
    from unnest(p_bookings, charges, p_details, p_follow_ups) as given (booking, charge, details, wanted) join moved on moved.id = booking;
    perform write_events(tenants, 'booking', bookings, 'booking.paid', details, 'provider', follow_ups, sequences);
  end if;
  return query select coalesce(booking = any (paid), false) from unnest(p_bookings) with ordinality as given (booking, place) order by place;
end $$;
grant execute on function lock_for_settle, mark_paid to konfirmado_app, konfirmado_system;
grant execute on function lock_for_settlements to konfirmado_system;
