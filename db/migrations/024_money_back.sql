-- Parts of charges that went back, disputes, the right of withdrawal, accounts that are short of money.

alter domain refund_reason drop constraint refund_reason_check;
alter domain refund_reason add constraint refund_reason_check check (value in
  ('capacity_gone', 'duplicate', 'mismatch', 'cancelled', 'late', 'unmatched', 'requested', 'withdrawal'));
alter domain refund_state drop constraint refund_state_check;
alter domain refund_state add constraint refund_state_check check (value in
  ('open', 'armed', 'observing', 'short_of_balance', 'manual', 'done'));

alter table refund_case
  add column refusals int not null default 0,
  add column short_since timestamptz;
comment on column refund_case.refusals is
  'requests that the provider has surely refused: the next one gets an idempotency key of its own';
comment on column refund_case.short_since is
  'since when the account at the provider has too little for it; null: it has not';

create domain refund_part_state as text
  check (value in ('pending', 'short_of_balance', 'done', 'failed'));
create domain dispute_kind as text check (value in ('inquiry', 'dispute'));
create domain dispute_state as text check (value in ('needs_response', 'under_review', 'won', 'lost'));

create table charge_refund (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  charge_id uuid not null,
  provider_refund_id text not null,
  amount_minor minor_units not null,
  state refund_part_state not null,
  provider_status text not null,
  idempotency_key text,
  at timestamptz,
  refund_case_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, charge_id, provider_refund_id),
  foreign key (tenant_id, charge_id) references charge,
  foreign key (tenant_id, refund_case_id) references refund_case
);
comment on table charge_refund is 'each part of a charge that goes back, as the provider tells it';
comment on column charge_refund.at is 'by the provider''s account; null: it does not say';
comment on column charge_refund.refund_case_id is 'null: somebody sent it in the provider''s own panel';
create index on charge_refund (tenant_id, refund_case_id);
call protect_tenant_table('charge_refund');

create table dispute (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  charge_id uuid not null,
  provider_dispute_id text not null,
  kind dispute_kind not null,
  state dispute_state not null,
  provider_status text not null,
  amount_minor minor_units not null,
  fee_minor minor_units,
  reason text,
  evidence_due_at timestamptz,
  is_refundable boolean not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, charge_id, provider_dispute_id),
  foreign key (tenant_id, charge_id) references charge
);
comment on table dispute is 'what a bank asks or takes; a charge may have several';
comment on column dispute.fee_minor is
  'what the provider keeps for it at this moment; null: it does not say';
comment on column dispute.reason is 'in the provider''s word';
comment on column dispute.is_refundable is 'whether the provider still takes a refund of the charge';
create index on dispute (tenant_id, updated_at desc, id);
call protect_tenant_table('dispute');

-- Now also by disputes, and by refunds that failed after all.
drop index event_of_money;
create index event_of_money on event (tenant_id, created_at)
  where kind in ('refund_case.done', 'refund_case.failed', 'payment.reversed', 'payment.restored',
    'dispute.opened', 'dispute.changed');
