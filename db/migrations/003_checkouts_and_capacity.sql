create domain checkout_kind as text check (value ~ '^[a-z][a-z_]{1,30}$');
create domain checkout_status as text
  check (value in ('pending', 'paid', 'confirmed', 'failed', 'expired', 'cancelled'));
create domain checkout_payment_status as text check (value in
  ('pending', 'failed', 'paid', 'refunding', 'refunded', 'partly_refunded', 'disputed', 'charged_back'));
create domain reversal_answer as text check (value in ('open', 'keep', 'cancel'));
create domain attendance as text check (value in ('completed', 'no_show'));
create domain claim_state as text
  check (value in ('held', 'paying', 'booked', 'past', 'released', 'expired'));

-- What is being paid for. A booking and an order session are its kinds and share its id.
create table checkout (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  kind checkout_kind not null,
  status checkout_status not null default 'pending',
  payment_status checkout_payment_status not null default 'pending',
  ends_at timestamptz not null,
  settle_until timestamptz,
  amount_minor minor_units not null,
  currency text not null,
  customer_name text not null,
  customer_email text not null,
  customer_phone text not null,
  accepted_terms_at timestamptz not null,
  locale text not null,
  token text not null,
  session text not null,
  traits text[] not null default '{}',
  paid_charge_id uuid,
  reversal_answer reversal_answer,
  callback_sequence int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check (status not in ('paid', 'confirmed') or paid_charge_id is not null)
) with (fillfactor = 90);
comment on column checkout.ends_at is
  'the end of the countdown that the customer sees; tenant.answer_wait_minutes later a claim lapses';
comment on column checkout.settle_until is
  'an approval that is seen from then on is too late and goes back; null: there is no such moment';
comment on column checkout.amount_minor is 'what is charged now: the price, or its deposit';
comment on column checkout.traits is
  'what follow-ups may depend on (domain/follow-ups.ts, `when`); set by the kind at its start';
comment on column checkout.paid_charge_id is
  'no foreign key, because charge leads to payment and payment back to here; the doctor checks it';
comment on column checkout.reversal_answer is
  'what the merchant says of a purchase whose money went back outside: open until it is answered;
  null if nobody had to ask';
create index checkout_id on checkout (id);
create index checkout_unpaid on checkout (ends_at) where paid_charge_id is null;
create index checkout_reversed on checkout (tenant_id) where reversal_answer = 'open';
call protect_tenant_table('checkout');

create table booking (
  tenant_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  service_id uuid not null,
  professional_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  during tstzrange not null,
  price_minor minor_units not null,
  charge_type text not null,
  capacity_policy text not null,
  online boolean not null,
  cancellation jsonb,
  meeting_url text,
  campaign jsonb,
  attendance attendance,
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references checkout on delete cascade,
  foreign key (tenant_id, link_id) references booking_link,
  foreign key (tenant_id, service_id) references service,
  foreign key (tenant_id, professional_id) references professional
);
comment on column booking.during is
  'the span that was sold: the appointment with the buffers of that moment';
comment on column booking.campaign is 'the utm_… words of the address that the customer opened';
comment on column booking.cancellation is
  'the terms that were shown before paying; null: there were none';
comment on column booking.attendance is 'null until somebody says';
create index on booking (tenant_id, starts_at desc, id);
create index on booking (tenant_id, professional_id, starts_at);
call protect_tenant_table('booking');

-- The only truth about time. A hold and its booking are the same row.
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
  checkout_id uuid,
  offer jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  -- No foreign keys to professional and service, because every hold would lock those rows, and many
  -- locks at once on one row cost most. Both are only deleted softly, and the booking has the keys.
  foreign key (tenant_id, checkout_id) references checkout,
  check (state not in ('held', 'paying') or expires_at is not null),
  check (state not in ('paying', 'booked', 'past') or checkout_id is not null),
  -- Omits `past`, so the index stays as small as the future (commands/claims/retire-claims.ts).
  constraint slot_claim_no_overlap exclude using gist
    (tenant_id with =, professional_id with =, during with &&)
    where (state in ('held', 'paying', 'booked'))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.02);
comment on column slot_claim.during is 'the appointment with the service''s buffers';
comment on column slot_claim.expires_at is
  'when the capacity is free again, by time alone; a paying claim is let go earlier, as soon as the
  provider has answered for all its payments after checkout.ends_at';
comment on column slot_claim.offer is
  'price, deposit, length and policy of the moment when it was held (contracts/offer.ts)';
create index slot_claim_session on slot_claim (session) where session is not null;
create index slot_claim_address on slot_claim (address) where address is not null;
create index slot_claim_lapsing on slot_claim (expires_at) where state in ('held', 'paying');
create index slot_claim_checkout on slot_claim (tenant_id, checkout_id) where checkout_id is not null;
call protect_tenant_table('slot_claim');

create type hold_answer as (outcome text, claim_id uuid, expires_at timestamptz);
