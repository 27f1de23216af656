create table booking (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  link_id uuid not null,
  service_id uuid not null,
  professional_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  status text not null default 'pending'
    check (status in ('pending', 'paid', 'confirmed', 'failed', 'expired', 'cancelled', 'completed', 'no_show')),
  payment_status text not null default 'pending'
    check (payment_status in ('pending', 'failed', 'paid', 'refunding', 'refunded', 'partly_refunded', 'disputed', 'charged_back')),
  hold_expires_at timestamptz not null,
  customer_name text not null,
  customer_email text not null,
  customer_phone text not null,
  accepted_terms_at timestamptz not null,
  locale text not null,
  price_minor bigint not null check (price_minor >= 0),
  amount_minor bigint not null check (amount_minor >= 0),
  currency text not null,
  charge_type text not null,
  capacity_policy text not null,
  online boolean not null,
  token text not null,
  session text not null,
  meeting_url text,
  paid_charge_id uuid,
  callback_sequence int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, link_id) references booking_link,
  foreign key (tenant_id, service_id) references service,
  foreign key (tenant_id, professional_id) references professional,
  check (status not in ('paid', 'confirmed', 'completed', 'no_show') or paid_charge_id is not null)
);
comment on column booking.hold_expires_at is 'the end of the countdown the customer sees; the claim lapses a grace later';
comment on column booking.amount_minor is 'what is charged now: the price, or its deposit';
create index on booking (id);
create index on booking (tenant_id, starts_at desc, id);
create index on booking (tenant_id, professional_id, starts_at);
create index on booking (hold_expires_at) where status = 'pending';
call protect_tenant_table('booking');

-- The only truth about time. A booking and its hold are one row moving on.
create table slot_claim (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  professional_id uuid not null,
  service_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  during tstzrange not null,
  state text not null check (state in ('held', 'paying', 'booked', 'released', 'expired')),
  expires_at timestamptz,
  session text,
  address text,
  booking_id uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, professional_id) references professional,
  foreign key (tenant_id, service_id) references service,
  foreign key (tenant_id, booking_id) references booking,
  check (state not in ('held', 'paying') or expires_at is not null),
  check (state not in ('paying', 'booked') or booking_id is not null),
  constraint slot_claim_no_overlap exclude using gist (tenant_id with =, professional_id with =, during with &&)
    where (state in ('held', 'paying', 'booked'))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.02);
comment on column slot_claim.during is 'the appointment with the service''s buffers';
comment on column slot_claim.expires_at is 'when the capacity is free again, by time alone; a paying claim lapses a grace after booking.hold_expires_at';
create index slot_claim_session on slot_claim (tenant_id, session) where state in ('held', 'paying');
create index slot_claim_address on slot_claim (tenant_id, address) where state = 'held';
create index slot_claim_lapsing on slot_claim (expires_at) where state in ('held', 'paying');
create index slot_claim_booking on slot_claim (tenant_id, booking_id) where booking_id is not null;
call protect_tenant_table('slot_claim');

create type hold_answer as (outcome text, claim_id uuid, expires_at timestamptz);

-- Relabels lapsed claims in the way. A statement of its own: in one statement with the insert, one snapshot would give a false "taken".
create function expire_lapsed_claims(p_tenant uuid, p_professional uuid, p_during tstzrange) returns void language sql as $$
  update slot_claim c set state = 'expired' from (
    select tenant_id, id from slot_claim
    where tenant_id = p_tenant and professional_id = p_professional and during && p_during
      and state in ('held', 'paying') and expires_at <= now()
    order by id for update
  ) lapsed where c.tenant_id = lapsed.tenant_id and c.id = lapsed.id
$$;

-- One round trip for a hold. Outcomes: held | kept (this session already holds exactly this slot) | slot_taken | too_many_holds.
create function hold_slot(p_tenant uuid, p_id uuid, p_professional uuid, p_service uuid, p_starts timestamptz, p_ends timestamptz,
  p_during tstzrange, p_session text, p_address text, p_hold_minutes int, p_holds_per_address_max int)
returns hold_answer language plpgsql as $$
declare answer hold_answer; own slot_claim; released uuid[]; lock_key bigint;
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  select * into own from slot_claim
    where tenant_id = p_tenant and session = p_session and state = 'held' order by created_at desc limit 1;
  if found then
    -- Two customers who swap slots would wait for each other; one lock order for re-picks prevents it.
    for lock_key in select distinct hashtextextended(k::text, 1) from unnest(array[own.professional_id, p_professional]) k order by 1
    loop perform pg_advisory_xact_lock(lock_key); end loop;
    select * into own from slot_claim where tenant_id = p_tenant and session = p_session and state = 'held' and expires_at > now()
      and professional_id = p_professional and service_id = p_service and starts_at = p_starts and during = p_during limit 1;
    if found then return ('kept', own.id, own.expires_at)::hold_answer; end if;
    with gone as (update slot_claim set state = 'released' where tenant_id = p_tenant and session = p_session and state = 'held' returning id)
    select array_agg(id) into released from gone;
  elsif p_address is not null and (select count(*) from slot_claim where tenant_id = p_tenant and address = p_address
      and state = 'held' and slot_claim.expires_at > now()) >= p_holds_per_address_max then
    return ('too_many_holds', null, null)::hold_answer;
  end if;

  perform expire_lapsed_claims(p_tenant, p_professional, p_during);
  insert into slot_claim (tenant_id, id, professional_id, service_id, starts_at, ends_at, during, state, expires_at, session, address)
  values (p_tenant, p_id, p_professional, p_service, p_starts, p_ends, p_during, 'held', now() + make_interval(mins => p_hold_minutes), p_session, p_address)
  on conflict do nothing
  returning 'held', id, slot_claim.expires_at into answer;
  if found then return answer; end if;

  -- Refused: the customer keeps the slot they had.
  if released is not null then
    update slot_claim set state = 'held' where tenant_id = p_tenant and id = any (released);
  end if;
  return ('slot_taken', null, null)::hold_answer;
end $$;
grant execute on function hold_slot, expire_lapsed_claims to konfirmado_app, konfirmado_system;
