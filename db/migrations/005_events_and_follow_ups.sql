create domain event_subject as text
  check (value in ('checkout', 'payment', 'refund_case', 'inbox_event', 'tenant'));
create domain follow_up_state as text
  check (value in ('waiting', 'pending', 'done', 'attention', 'skipped'));
-- The registry has the words (jobs/registry.ts): a row of another version is skipped, not refused.
create domain follow_up_job as text;

create table event (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  subject_kind event_subject not null,
  subject_id uuid not null,
  kind text not null,
  details jsonb not null default '{}',
  actor text not null,
  conditions text[],
  changes jsonb,
  origin jsonb,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column event.conditions is
  'what held for the subject then (domain/follow-ups.ts, `when`); null: it came before a rule that its
  kind has now, and the doctor does not compare its follow-ups with the rules';
comment on column event.changes is
  'of a change by a member, a program or the operator: by column, before and after; secrets masked';
comment on column event.origin is 'of the same: its address and browser';
create index on event (tenant_id, subject_id, created_at);
create index on event (tenant_id, created_at desc);
-- For one row's history: changes by people are few among the events of bookings.
create index on event (tenant_id, created_at desc) where changes is not null;
call protect_tenant_table('event');

create table follow_up (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  event_id uuid not null,
  subject_id uuid not null,
  job follow_up_job not null,
  waits_for follow_up_job,
  state follow_up_state not null default 'pending',
  attempts int not null default 0,
  last_error text,
  sequence int,
  run_at timestamptz not null default now(),
  done_at timestamptz,
  effect text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, event_id, job),
  foreign key (tenant_id, event_id) references event on delete cascade
);
comment on column follow_up.effect is 'what it did, in one word to find it by; only with state `done`';
comment on column follow_up.sequence is
  'callbacks only: position among the checkout''s callbacks, from 1';
create index on follow_up (tenant_id, subject_id);
create index on follow_up (run_at) where state = 'pending';
create index on follow_up (tenant_id, updated_at desc) where state = 'attention';
call protect_tenant_table('follow_up');

create table callback_message (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null,
  body text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, id) references follow_up
);
comment on table callback_message is 'the text of a callback with `firma_hmac` empty, the same for every
  retry and signed anew for each; id is that of the follow-up and the webhook-id';
call protect_tenant_table('callback_message');

create table callback_attempt (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  follow_up_id uuid not null,
  url text not null,
  status_code int,
  error text,
  duration_ms int not null,
  response_excerpt text,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, follow_up_id) references follow_up
);
create index on callback_attempt (tenant_id, follow_up_id, created_at);
create index on callback_attempt (tenant_id, created_at desc);
call protect_tenant_table('callback_attempt');

create table callback_endpoint (
  tenant_id uuid primary key references tenant on delete cascade,
  failing_since timestamptz,
  failures int not null default 0,
  disabled_at timestamptz,
  disabled_reason text
);
call protect_tenant_table('callback_endpoint');

create table notification (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  follow_up_id uuid not null,
  kind text not null,
  checkout_id uuid,
  details jsonb not null default '{}',
  read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, follow_up_id),
  foreign key (tenant_id, checkout_id) references checkout
);
create index on notification (tenant_id, created_at desc);
call protect_tenant_table('notification');

create table idempotency_key (
  tenant_id uuid not null references tenant on delete cascade,
  scope text not null,
  key text not null check (length(key) between 1 and 255),
  request_hash text not null,
  answer json,
  created_at timestamptz not null default now(),
  primary key (tenant_id, scope, key)
);
create index on idempotency_key (created_at);
call protect_tenant_table('idempotency_key');

-- The living worker processes. A row without its backend belongs to a crashed one, whose jobs are
-- given back.
create table worker_process (
  worker_id text primary key,
  backend_pid int not null,
  started_at timestamptz not null default now()
);
