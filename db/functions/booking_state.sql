-- Returns what a booking's page shows, in one round trip, because open pages ask every two seconds.
-- Row-level security applies. The caller compares the token.
create function booking_state(p_id uuid) returns table (
  id uuid,
  status text,
  payment_status text,
  starts_at timestamptz,
  ends_at timestamptz,
  hold_ends_at timestamptz,
  token text,
  meeting_url text,
  amount_minor bigint,
  price_minor bigint,
  cancellation jsonb,
  currency text,
  online boolean,
  customer_name text,
  customer_email text,
  service_id uuid,
  service_name text,
  name_language text,
  duration_minutes int,
  professional_id uuid,
  professional_name text,
  photo_url text,
  public_id text,
  timezone text,
  return_url text,
  return_seconds int,
  refund_reason text,
  refund_state text,
  refund_amount_minor bigint,
  refund_currency text,
  refund_number text,
  is_race boolean,
  is_gone boolean,
  is_awaiting_answer boolean,
  slot_kept_until timestamptz,
  tenant_id uuid,
  place jsonb,
  must_accept_terms boolean,
  is_asked boolean,
  open_rest bigint,
  rest_paid bigint,
  rest_state text,
  rest_must_accept boolean,
  decline_reason text,
  moves int,
  has_attendance boolean,
  customer_cancel_hours int,
  customer_move_hours int
) language plpgsql as $$
#variable_conflict use_column
declare
  tenant uuid := tenant_of_checkout(p_id);
begin
  if tenant is null then return; end if;
  execute format('set local app.tenant_id = %L', tenant);
  return query
    select
      k.id,
      k.status::text,
      k.payment_status::text,
      b.starts_at,
      b.ends_at,
      k.ends_at,
      k.token,
      b.meeting_url,
      k.amount_minor::bigint,
      b.price_minor::bigint,
      b.cancellation,
      k.currency,
      b.online,
      k.customer_name,
      k.customer_email,
      s.id,
      coalesce(s.translations #>> array[k.locale, 'name'], s.name),
      case when s.translations ? k.locale then k.locale else t.locale end,
      (extract(epoch from b.ends_at - b.starts_at) / 60)::int,
      p.id,
      p.name,
      p.photo_url,
      l.public_id,
      t.timezone,
      t.return_url,
      t.return_seconds,
      r.reason::text,
      r.state::text,
      r.amount_minor::bigint,
      r.currency,
      r.number,
      b.capacity_policy = 'first_payer_wins',
      case
        -- Nothing is claimed for it: whoever else has the span has paid first, or holds it.
        when k.status = 'pending' and b.capacity_policy = 'first_payer_wins' then exists (
          select from live_claims(tenant, b.professional_id, lower(b.during), upper(b.during), '')
        )
        else false
      end,
      case
        when k.paid_charge_id is null and k.ends_at <= now() then awaits_answer(tenant, k.id)
        else false
      end,
      case
        -- A stored approval keeps it until it is settled, however long that takes.
        when k.status = 'pending' and not approval_waits(tenant, k.id) then (
          select c.expires_at from slot_claim c
          where c.tenant_id = tenant and c.checkout_id = k.id and c.state = 'paying' and c.expires_at > now()
        )
      end,
      k.tenant_id,
      o.place,
      k.accepted_terms_at is null and k.status = 'pending',
      b.by_hand and k.status = 'pending' and not exists (
        -- A page that was opened a while ago and led to nothing asks no more patience.
        select from payment p
        where p.tenant_id = tenant and p.checkout_id = k.id
          and (
            p.status = 'pending' or p.status = 'created' and p.created_at > now() - interval '15 minutes'
          )
      ),
      open_rest(b, k),
      z.paid,
      z.state,
      z.must_accept,
      case
        when k.payment_status = 'failed' then (
          select c.decline_reason::text
          from charge c join payment p on p.tenant_id = c.tenant_id and p.id = c.payment_id
          where p.tenant_id = tenant and p.checkout_id = k.id and c.status in ('declined', 'error')
          order by c.updated_at desc
          limit 1
        )
      end,
      b.moves,
      b.attendance is not null,
      t.customer_cancel_hours,
      t.customer_move_hours
    from checkout k
      join booking b on b.tenant_id = k.tenant_id and b.id = k.id
      join service s on s.tenant_id = b.tenant_id and s.id = b.service_id
      join professional p on p.tenant_id = b.tenant_id and p.id = b.professional_id
      join booking_link l on l.tenant_id = b.tenant_id and l.id = b.link_id
      join tenant t on t.tenant_id = k.tenant_id
      left join lateral (
        -- Of several, one that is still under way; a withdrawn one moved no money.
        select c.reason, c.state, c.amount_minor, c.currency, c.number from refund_case c
        where c.tenant_id = k.tenant_id and c.checkout_id = k.id and c.withdrawn_at is null
        order by c.state = 'done', c.created_at desc
        limit 1
      ) r on true
      left join lateral (
        -- The service's own location, else the default.
        select jsonb_build_object(
            'name', w.name, 'address', w.address, 'directions', w.directions, 'mapUrl', w.map_url,
            'phone', w.phone, 'whatsapp', w.whatsapp, 'email', w.email
          ) as place
        from location w
        where w.tenant_id = k.tenant_id and w.deleted_at is null and (w.is_default or w.id = s.location_id)
        order by w.is_default
        limit 1
      ) o on true
      left join lateral (
        -- What a deposit has left, once the merchant has asked for it.
        select
          case when c.status in ('paid', 'confirmed') then c.amount_minor::bigint end as paid,
          case
            when c.status in ('paid', 'confirmed') then 'paid'
            when c.status <> 'pending' or c.ends_at <= now() then 'open'
            when exists (
              select from payment p
              where p.tenant_id = c.tenant_id and p.checkout_id = c.id
                and (
                  p.status = 'pending'
                  or p.status = 'created' and p.created_at > now() - interval '15 minutes'
                )
            ) then 'paying'
            else 'asked'
          end as state,
          c.accepted_terms_at is null as must_accept
        from booking_rest x join checkout c on c.tenant_id = x.tenant_id and c.id = x.id
        where x.tenant_id = tenant and x.booking_id = p_id
      ) z on true
    where k.tenant_id = tenant and k.id = p_id;
end $$;
call plan_by_index('booking_state');
grant execute on function booking_state to konfirmado_app;
