-- Lists of payments, sums by day, the sales journal, files that prove a refund, tests of callbacks.

-- When the money came: by the provider's account, else when it was first heard of. No coalesce, which
-- row-level security would keep from the index.
create index charge_by_time
  on charge (tenant_id, (case when approved_at is null then created_at else approved_at end), id);
-- Most charges stay approved; the others are few.
create index charge_by_status
  on charge (tenant_id, status, (case when approved_at is null then created_at else approved_at end), id)
  where status <> 'approved';
create index charge_unmatched on charge (tenant_id, reference) where payment_id is null;
-- The events by which money leaves again or returns (queries/ledger/ledger-lines.ts).
create index event_of_money on event (tenant_id, created_at)
  where kind in ('refund_case.done', 'payment.reversed', 'payment.restored');

alter table tenant add column tax_percent numeric(4, 2) check (tax_percent > 0);
comment on column tenant.tax_percent is 'included in all prices, for the sales journal; null: not said';

-- A row for each time the tenant said another rate, so that an older sale keeps its own.
create table tax_rate (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  since timestamptz not null default now(),
  percent numeric(4, 2),
  primary key (tenant_id, id)
);
comment on column tax_rate.percent is 'null: none from then on';
create index on tax_rate (tenant_id, since);
call protect_tenant_table('tax_rate');

-- In the database, not among the pictures: those are anybody's who has their address.
create table refund_proof (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  refund_case_id uuid not null,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  name text not null check (length(name) between 1 and 100),
  type text not null check (type in ('image/jpeg', 'application/pdf')),
  content bytea not null,
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, refund_case_id, hash),
  foreign key (tenant_id, refund_case_id) references refund_case
);
comment on column refund_proof.hash is
  'SHA-256 of the content, so that a file that is sent twice is kept once';
comment on column refund_proof.actor is 'who sent it, as in event.actor';
call protect_tenant_table('refund_proof');
-- What proves that money went back is kept for good.
revoke update, delete on refund_proof from konfirmado_app, konfirmado_system;

create table callback_test (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  url text not null,
  body text not null,
  status_code int,
  problem text,
  detail text,
  duration_ms int,
  response_excerpt text,
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table callback_test is
  'an example that a person had sent to the merchant''s server; id is its webhook-id';
comment on column callback_test.problem is 'a code (domain/callbacks/problems.ts); null: it was taken';
comment on column callback_test.duration_ms is 'null: the process ended before the answer came';
create index on callback_test (tenant_id, created_at desc);
call protect_tenant_table('callback_test');
