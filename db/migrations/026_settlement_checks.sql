-- What providers pay out, the daily comparison of their lists with ours, and questions to them by hand.

alter table charge add column fee_minor bigint;
alter table charge add column net_minor bigint;
alter table charge add column arrives_at timestamptz;
comment on column charge.fee_minor is 'what the provider keeps, as it told; null: it has not told';
comment on column charge.net_minor is
  'what arrives at the merchant''s bank, as the provider told; null: it has not told';
comment on column charge.arrives_at is 'when it arrives or has arrived, as the provider told';
create index charge_by_arrival on charge (tenant_id, arrives_at) where arrives_at is not null;

create table settlement_check (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  connection_id uuid not null,
  day date not null,
  outcome text not null check (outcome in ('agrees', 'differs', 'not_known')),
  tries int not null default 1,
  listed int not null default 0,
  not_ours int not null default 0,
  own int not null default 0,
  why text,
  asked_at timestamptz not null default now(),
  next_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, connection_id, day),
  foreign key (tenant_id, connection_id) references connection on delete cascade
);
comment on table settlement_check is
  'the newest comparison of one day (in the tenant''s zone) of one connection with the provider''s list';
comment on column settlement_check.outcome is
  'not_known: the provider did not answer, or a part of its list could not be read';
comment on column settlement_check.listed is 'charges of the day in the provider''s list';
comment on column settlement_check.not_ours is 'of these, sales of the same account made elsewhere';
comment on column settlement_check.own is 'our charges of the day';
comment on column settlement_check.why is 'of not_known, for people: what was missing';
comment on column settlement_check.next_at is 'of not_known: when it is asked again; null: no more';
create index on settlement_check (tenant_id, day desc);
create index on settlement_check (next_at) where next_at is not null;
call protect_tenant_table('settlement_check');

create table settlement_difference (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  connection_id uuid not null,
  provider_charge_id text not null,
  kind text not null
    check (kind in ('missing_here', 'missing_there', 'other_amount', 'other_state')),
  reference text not null,
  day date not null,
  there text,
  here text,
  found_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  closed_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, connection_id, provider_charge_id, kind),
  foreign key (tenant_id, connection_id) references connection on delete cascade
);
comment on table settlement_difference is
  'one for each charge and kind of difference, however many days show it';
comment on column settlement_difference.day is 'the day whose check found it first';
comment on column settlement_difference.there is
  'what the provider says: a state, or minor units and currency; null: it has no such charge';
comment on column settlement_difference.here is 'what our row says, likewise';
comment on column settlement_difference.seen_at is 'when a comparison showed it last';
comment on column settlement_difference.closed_at is 'when a comparison no longer showed it';
create index on settlement_difference (tenant_id, connection_id) where closed_at is null;
create index on settlement_difference (tenant_id, found_at desc);
call protect_tenant_table('settlement_difference');

-- Somebody asked the providers about all payments of a time, such as after an outage.
create table payment_inquiry (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  from_at timestamptz not null,
  to_at timestamptz not null,
  provider text,
  actor text not null,
  created_at timestamptz not null default now(),
  done_at timestamptz,
  primary key (tenant_id, id)
);
comment on column payment_inquiry.provider is 'only payments of this one; null: of all';
comment on column payment_inquiry.actor is 'who asked, as in event.actor';
create index on payment_inquiry (tenant_id, created_at desc);
create unique index payment_inquiry_runs on payment_inquiry (tenant_id) where done_at is null;
call protect_tenant_table('payment_inquiry');

create table payment_inquiry_item (
  tenant_id uuid not null,
  inquiry_id uuid not null,
  payment_id uuid not null,
  result text check (result in ('became_paid', 'changed', 'same', 'no_answer', 'cannot_be_asked')),
  asked_at timestamptz,
  primary key (tenant_id, inquiry_id, payment_id),
  foreign key (tenant_id, inquiry_id) references payment_inquiry on delete cascade,
  foreign key (tenant_id, payment_id) references payment on delete cascade
);
comment on column payment_inquiry_item.result is 'null: not asked yet';
create index on payment_inquiry_item (tenant_id, payment_id);
call protect_tenant_table('payment_inquiry_item');
