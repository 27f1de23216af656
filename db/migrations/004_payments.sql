create domain charge_status as text check (value in
  ('pending', 'approved', 'declined', 'error', 'expired', 'cancelled', 'voided', 'refunding',
   'refunded', 'partly_refunded', 'disputed', 'charged_back'));
create domain payment_status as text check (value in
  ('created', 'pending', 'approved', 'declined', 'error', 'expired', 'cancelled', 'voided', 'refunding',
   'refunded', 'partly_refunded', 'disputed', 'charged_back'));
create domain charge_outcome as text check (value in ('booked', 'refund_case'));
create domain inbox_state as text
  check (value in ('received', 'settled', 'ignored', 'unmatched', 'refund_case', 'not_ours'));
create domain refund_reason as text check (value in
  ('capacity_gone', 'duplicate', 'mismatch', 'cancelled', 'late', 'unmatched', 'requested'));
create domain refund_state as text check (value in ('open', 'armed', 'observing', 'manual', 'done'));
create domain refund_method as text check (value in ('void', 'refund', 'manual'));

-- A composite key to a row of the same tenant is the only key there. Another one to the tenant
-- would be checked for every row, and would lock the same tenant for all of them.
create table payment (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  checkout_id uuid not null,
  connection_id uuid not null,
  provider text not null,
  reference text not null,
  provider_payment_id text,
  amount_minor minor_units not null,
  currency text not null,
  status payment_status not null default 'created',
  checkout_url text,
  expires_at timestamptz not null,
  payable_until timestamptz not null,
  polls int not null default 0,
  asked_at timestamptz,
  failures int not null default 0,
  failing_since timestamptz,
  wanted_at timestamptz,
  seen_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, reference),
  foreign key (tenant_id, checkout_id) references checkout,
  foreign key (tenant_id, connection_id) references connection
) with (fillfactor = 90);
comment on table payment is 'one attempt to pay a checkout at one provider, under our reference';
comment on column payment.provider_payment_id is 'what the provider calls it, if it says so at the start';
comment on column payment.payable_until is
  'after this the provider can no longer approve it (capability pendingHoursMax)';
comment on column payment.asked_at is
  'when the last question was asked that the provider has answered (db/functions/is_unanswered.sql)';
comment on column payment.failures is 'questions without an answer since the last answer';
comment on column payment.wanted_at is 'when somebody who wants its slot last had the provider asked';
comment on column payment.seen_at is
  'a person has looked into the provider''s panel: no answer is waited for any more';
create index on payment (reference);
create index on payment (tenant_id, checkout_id);
create index on payment (failing_since) where failing_since is not null;
call protect_tenant_table('payment');

create table charge (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  connection_id uuid not null,
  payment_id uuid,
  provider_charge_id text not null,
  reference text not null,
  status charge_status not null,
  provider_status text not null,
  amount_minor minor_units not null,
  currency text not null,
  method text,
  approved_at timestamptz,
  outcome charge_outcome,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, connection_id, provider_charge_id),
  foreign key (tenant_id, connection_id) references connection,
  foreign key (tenant_id, payment_id) references payment
);
comment on table charge is 'what the provider says about one try under a reference; a payment may have
  several (a retry on the hosted page keeps the reference and changes the id)';
comment on column charge.amount_minor is
  'as the approving fact says, once there is one; what differs from it stands in charge_fact';
comment on column charge.approved_at is
  'when the provider approved it, by its own account; null if not approved or not said';
create index on charge (tenant_id, payment_id);
call protect_tenant_table('charge');

create table charge_fact (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  charge_id uuid not null,
  status charge_status not null,
  provider_status text not null,
  amount_minor minor_units not null,
  currency text not null,
  told_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, charge_id, status, amount_minor, currency),
  foreign key (tenant_id, charge_id) references charge on delete cascade
);
comment on table charge_fact is
  'what the provider said of one charge at different times, if the money was not the same; else no row';
call protect_tenant_table('charge_fact');

create table refund_case (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  charge_id uuid not null,
  checkout_id uuid,
  reason refund_reason not null,
  state refund_state not null default 'open',
  method refund_method,
  amount_minor minor_units not null,
  currency text not null,
  provider_refund_id text,
  owner text not null default 'merchant',
  due_at timestamptz not null,
  attempts int not null default 0,
  last_error text,
  proof text,
  unproven text[],
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, charge_id) references charge,
  foreign key (tenant_id, checkout_id) references checkout
);
comment on table refund_case is
  'money that must go back; several may stand on one charge while their sum stays within it';
comment on column refund_case.unproven is
  'null if the provider''s API told of the charge; else only a signed webhook did, and
  its signature does not cover these facts (amount, currency, reference)';
comment on column refund_case.withdrawn_at is
  'the provider said that there was no money; if money comes after all, the case opens again';
-- Money that has become nothing yet.
create index on charge (tenant_id, created_at)
  where outcome is null and status in ('approved', 'refunding', 'partly_refunded', 'disputed');
create index on refund_case (tenant_id, state, due_at);
create index on refund_case (tenant_id, charge_id);
create index on refund_case (tenant_id, checkout_id);
call protect_tenant_table('refund_case');

create table inbox_event (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  connection_id uuid not null,
  provider text not null,
  event_key text not null,
  event_kind text not null,
  reference text,
  provider_charge_id text,
  is_about_charge boolean not null,
  is_approval boolean not null default false,
  body text not null,
  headers jsonb not null,
  state inbox_state not null default 'received',
  received_at timestamptz not null default now(),
  settled_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, connection_id, event_key),
  foreign key (tenant_id, connection_id) references connection on delete cascade
);
comment on column inbox_event.is_approval is 'the signature itself proves that the charge is approved';
comment on column inbox_event.body is 'as received, without secrets and personal data';
create index on inbox_event (tenant_id, reference) where state in ('received', 'unmatched');
create index on inbox_event (received_at) where state in ('received', 'unmatched');
call protect_tenant_table('inbox_event');
