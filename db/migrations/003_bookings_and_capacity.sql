create domain booking_status as text
  check (value in ('pending', 'paid', 'confirmed', 'failed', 'expired', 'cancelled', 'completed', 'no_show'));
create domain booking_payment_status as text
  check (value in ('pending', 'failed', 'paid', 'refunding', 'refunded', 'partly_refunded', 'disputed', 'charged_back'));
create domain claim_state as text check (value in ('held', 'paying', 'booked', 'released', 'expired'));

create table booking (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  link_id uuid not null,
  service_id uuid not null,
  professional_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  status booking_status not null default 'pending',
  payment_status booking_payment_status not null default 'pending',
  hold_expires_at timestamptz not null,
  customer_name text not null,
  customer_email text not null,
  customer_phone text not null,
  accepted_terms_at timestamptz not null,
  locale text not null,
  price_minor minor_units not null,
  amount_minor minor_units not null,
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
  tenant_id uuid not null,
  id uuid not null default new_id(),
  professional_id uuid not null,
  service_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  during tstzrange not null,
  state claim_state not null,
  expires_at timestamptz,
  session text,
  address text,
  booking_id uuid,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  -- No foreign keys to professional and service: every hold would lock those rows, and many at once on one row is what costs most.
  -- Both are only ever deleted softly, and a booking, which outlives its hold, has the keys.
  foreign key (tenant_id, booking_id) references booking,
  check (state not in ('held', 'paying') or expires_at is not null),
  check (state not in ('paying', 'booked') or booking_id is not null),
  constraint slot_claim_no_overlap exclude using gist (tenant_id with =, professional_id with =, during with &&)
    where (state in ('held', 'paying', 'booked'))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.02);
comment on column slot_claim.during is 'the appointment with the service''s buffers';
comment on column slot_claim.expires_at is 'when the capacity is free again, by time alone; a paying claim lapses a grace after booking.hold_expires_at';
create index slot_claim_session on slot_claim (session) where session is not null;
create index slot_claim_address on slot_claim (address) where address is not null;
create index slot_claim_lapsing on slot_claim (expires_at) where state in ('held', 'paying');
create index slot_claim_booking on slot_claim (tenant_id, booking_id) where booking_id is not null;
call protect_tenant_table('slot_claim');

-- Relabels lapsed claims in the way; says whether the span may be free now: false, and nothing done, if a living claim is in it. A statement
-- of its own: in one statement with the insert, one snapshot would give a false "taken". Index scans only: a plan made while the table was
-- small must not scan it when it has grown. With its owner's rights: under row-level security `&&`, which is not leakproof, may not be a
-- condition of the index, and every claim that the professional ever had would be read. Tells and changes nothing that time has not decided.
create function expire_lapsed_claims(p_tenant uuid, p_professional uuid, p_during tstzrange) returns boolean language plpgsql
security definer set search_path = pg_catalog, public set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  if exists (select from slot_claim where tenant_id = p_tenant and professional_id = p_professional and during && p_during
      and state in ('held', 'paying', 'booked') and (state = 'booked' or expires_at > now())) then
    return false;
  end if;
  with lapsed as (
    select tenant_id, id from slot_claim
    where tenant_id = p_tenant and professional_id = p_professional and during && p_during
      and state in ('held', 'paying', 'booked') and expires_at <= now()
    order by id for update
  )
  update slot_claim c set state = 'expired' from lapsed where c.tenant_id = lapsed.tenant_id and c.id = lapsed.id;
  return true;
end $$;

-- A session's living or lapsed claims, and how many living ones come from an address. Asked by the session or address alone, everything else
-- afterwards (`offset 0`), and with their owner's rights: a plan made while the table was empty could otherwise take the index of another
-- condition (the tenant's, that row-level security adds, or the state's), and would later read all that it holds.
create function claims_of_session(p_session text) returns setof slot_claim language sql stable security definer set search_path = pg_catalog, public as
$$ select * from (select * from slot_claim where session = p_session offset 0) theirs where state in ('held', 'paying') $$;
create function living_claims_of_address(p_address text) returns bigint language plpgsql stable security definer
set search_path = pg_catalog, public set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return (select count(*) from (select c.state, c.expires_at from slot_claim c where c.address = p_address offset 0) theirs
    where theirs.state in ('held', 'paying') and theirs.expires_at > now());
end $$;

-- Lets the session's other hold go, in one lock order for re-picks: two customers who swap slots would wait for each other otherwise.
-- An own hold of exactly this slot is kept, and answered.
create function release_own_holds(p_tenant uuid, p_professional uuid, p_service uuid, p_starts timestamptz, p_session text,
  out kept slot_claim, out released uuid[]) language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare lock_key bigint;
begin
  for lock_key in
    select distinct hashtextextended(k::text, 1) from (
      select professional_id from claims_of_session(p_session) where state = 'held' and tenant_id = p_tenant
      union select p_professional) as picked(k) order by 1
  loop perform pg_advisory_xact_lock(lock_key); end loop;
  select * into kept from claims_of_session(p_session) where tenant_id = p_tenant and state = 'held' and expires_at > now()
    and professional_id = p_professional and service_id = p_service and starts_at = p_starts limit 1;
  if kept.id is not null then return; end if;
  with gone as (
    update slot_claim set state = 'released' where tenant_id = p_tenant and state = 'held'
      and id in (select id from claims_of_session(p_session) where tenant_id = p_tenant and state = 'held') returning id)
  select array_agg(id) into released from gone;
end $$;

create type hold_answer as (outcome text, claim_id uuid, expires_at timestamptz);

-- One round trip for a hold. Outcomes: held | kept (this session already holds exactly this slot) | slot_taken | too_many_holds.
-- p_is_new_session: the session was made for this request, so that it can hold nothing yet.
create function hold_slot(p_tenant uuid, p_id uuid, p_professional uuid, p_service uuid, p_starts timestamptz, p_ends timestamptz,
  p_during tstzrange, p_session text, p_is_new_session boolean, p_address text, p_hold_minutes int, p_holds_per_address_max int)
returns hold_answer language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare answer hold_answer; own record; released uuid[];
begin
  perform set_config('app.tenant_id', p_tenant::text, true);
  -- One wish of a session at a time: two that came together would both find no hold of their own to replace.
  if not p_is_new_session then perform pg_advisory_xact_lock(hashtextextended(p_session, 3)); end if;
  if not p_is_new_session and exists (select from claims_of_session(p_session) where tenant_id = p_tenant and state = 'held') then
    select * into own from release_own_holds(p_tenant, p_professional, p_service, p_starts, p_session);
    if (own.kept).id is not null then return ('kept', (own.kept).id, (own.kept).expires_at)::hold_answer; end if;
    released := own.released;
  elsif p_address is not null and living_claims_of_address(p_address) >= p_holds_per_address_max then
    return ('too_many_holds', null, null)::hold_answer;
  end if;

  -- Most slots are free: the insert goes first. Only a refused one looks for lapsed claims in its way, and tries once more.
  for turn in 1 .. 2 loop
    insert into slot_claim (tenant_id, id, professional_id, service_id, starts_at, ends_at, during, state, expires_at, session, address)
    values (p_tenant, p_id, p_professional, p_service, p_starts, p_ends, p_during, 'held', now() + make_interval(mins => p_hold_minutes), p_session, p_address)
    on conflict do nothing
    returning 'held', id, slot_claim.expires_at into answer;
    if found then return answer; end if;
    exit when turn = 2 or not expire_lapsed_claims(p_tenant, p_professional, p_during);
  end loop;

  -- Refused: the customer keeps the slot they had.
  if released is not null then
    update slot_claim set state = 'held' where tenant_id = p_tenant and id = any (released);
  end if;
  return ('slot_taken', null, null)::hold_answer;
end $$;

-- Several waiting holds in one statement and one flush of the log. Each is answered as if alone; the caller orders them by professional
-- and time, so that two such statements meet in the same order. Newcomers who want what the one before them was just refused (everybody, in a flash
-- sale) are refused without another look at the constraint.
create function hold_slots(p_tenants uuid[], p_ids uuid[], p_professionals uuid[], p_services uuid[], p_starts timestamptz[], p_ends timestamptz[],
  p_from timestamptz[], p_until timestamptz[], p_sessions text[], p_are_new boolean[], p_addresses text[], p_hold_minutes int[], p_holds_per_address_max int)
returns setof hold_answer language plpgsql as $$
declare answer hold_answer; is_same boolean;
begin
  for n in 1 .. array_length(p_ids, 1) loop
    is_same := answer.outcome = 'slot_taken' and p_are_new[n] and p_professionals[n] = p_professionals[n - 1] and p_tenants[n] = p_tenants[n - 1]
      and p_from[n] = p_from[n - 1] and p_until[n] = p_until[n - 1];
    if not coalesce(is_same, false) or living_claims_of_address(p_addresses[n]) >= p_holds_per_address_max then
      answer := hold_slot(p_tenants[n], p_ids[n], p_professionals[n], p_services[n], p_starts[n], p_ends[n], tstzrange(p_from[n], p_until[n]),
        p_sessions[n], p_are_new[n], p_addresses[n], p_hold_minutes[n], p_holds_per_address_max);
    end if;
    return next answer;
  end loop;
end $$;

-- Live claims of one professional that touch a span, in order; a session's own hold is not in its way. Epoch milliseconds.
-- With its owner's rights for the index's sake, like expire_lapsed_claims; the tenant is a condition of its own.
create function live_claims(p_tenant uuid, p_professional uuid, p_from timestamptz, p_until timestamptz, p_session text)
returns table (start_ms bigint, end_ms bigint, state text) language plpgsql security definer set search_path = pg_catalog, public set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
begin
  return query
    select (extract(epoch from lower(c.during)) * 1000)::bigint, (extract(epoch from upper(c.during)) * 1000)::bigint,
      case when c.state = 'booked' then 'booked' else 'held' end
    from slot_claim c
    where c.tenant_id = p_tenant and c.professional_id = p_professional and c.during && tstzrange(p_from, p_until)
      and c.state in ('held', 'paying', 'booked') and (c.state = 'booked' or c.expires_at > now())
      and not (c.state = 'held' and c.session is not distinct from p_session)
    order by lower(c.during);
end $$;
revoke all on function expire_lapsed_claims, live_claims, claims_of_session, living_claims_of_address from public;
grant execute on function claims_of_session, living_claims_of_address to konfirmado_app, konfirmado_system;
grant execute on function live_claims to konfirmado_app;

grant execute on function hold_slot, hold_slots, release_own_holds, expire_lapsed_claims to konfirmado_app, konfirmado_system;
