-- What a booking's page shows, in one round trip: open pages ask every two seconds. Under row-level security like any other look; the caller compares the token.
create function booking_state(p_id uuid) returns table (id uuid, status text, payment_status text, starts_at timestamptz, ends_at timestamptz,
  hold_expires_at timestamptz, token text, meeting_url text, amount_minor bigint, price_minor bigint, currency text, online boolean, customer_name text,
  customer_email text, service_id uuid, service_name text, duration_minutes int, professional_id uuid, professional_name text, photo_url text,
  public_id text, timezone text, return_url text, refund_reason text, refund_state text)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare tenant uuid := tenant_of_booking(p_id);
begin
  if tenant is null then return; end if;
  perform set_config('app.tenant_id', tenant::text, true);
  return query
    select b.id, b.status::text, b.payment_status::text, b.starts_at, b.ends_at, b.hold_expires_at, b.token, b.meeting_url, b.amount_minor::bigint,
      b.price_minor::bigint, b.currency, b.online, b.customer_name, b.customer_email, s.id, s.name, s.duration_minutes, p.id, p.name, p.photo_url,
      l.public_id, t.timezone, t.return_url, r.reason, r.state
    from booking b
      join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
      join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
      join booking_link l on l.tenant_id = b.tenant_id and l.id = b.link_id
      join tenant t on t.tenant_id = b.tenant_id
      left join lateral (select refund_case.reason, refund_case.state from refund_case
        where refund_case.tenant_id = b.tenant_id and refund_case.booking_id = b.id order by refund_case.created_at desc limit 1) r on true
    where b.tenant_id = tenant and b.id = p_id;
end $$;
grant execute on function booking_state to konfirmado_app;
-- And nobody asks for the refund cases of a booking by reading all that its tenant has.
create index on refund_case (tenant_id, booking_id);
