create table event (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  subject_kind text not null check (subject_kind in ('booking', 'payment', 'refund_case', 'inbox_event', 'tenant')),
  subject_id uuid not null,
  kind text not null,
  details jsonb not null default '{}',
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index on event (tenant_id, subject_id, created_at);
create index on event (tenant_id, created_at desc);
call protect_tenant_table('event');

create table follow_up (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  event_id uuid not null,
  subject_id uuid not null,
  job text not null,
  waits_for text,
  state text not null default 'pending' check (state in ('waiting', 'pending', 'done', 'attention', 'skipped')),
  attempts int not null default 0,
  last_error text,
  sequence int,
  run_at timestamptz not null default now(),
  done_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, event_id, job),
  foreign key (tenant_id, event_id) references event
);
comment on column follow_up.sequence is 'callbacks only: position among the booking''s callbacks, from 1';
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
comment on table callback_message is 'the exact bytes of a callback: every retry sends the same; id is its follow-up''s and its webhook-id';
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
  booking_id uuid,
  details jsonb not null default '{}',
  read_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, follow_up_id),
  foreign key (tenant_id, booking_id) references booking
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

-- Which worker processes live: a row whose backend has gone belongs to a crashed one, and its jobs are given back.
create table worker_process (
  worker_id text primary key,
  backend_pid int not null,
  started_at timestamptz not null default now()
);

-- The event row, its follow-ups and their jobs in the caller's transaction. p_follow_ups: [{job, waitsFor, counted}].
create function log_event(p_tenant uuid, p_subject_kind text, p_subject uuid, p_kind text, p_details jsonb, p_actor text, p_follow_ups jsonb)
returns uuid language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare new_event uuid := new_id(); next_sequence int; tasks text[]; payloads json[]; keys text[];
begin
  insert into event (tenant_id, id, subject_kind, subject_id, kind, details, actor)
  values (p_tenant, new_event, p_subject_kind, p_subject, p_kind, p_details, p_actor);
  if jsonb_array_length(p_follow_ups) > 0 then
    if p_follow_ups @> '[{"counted": true}]' then
      update booking set callback_sequence = callback_sequence + 1 where tenant_id = p_tenant and id = p_subject returning callback_sequence into next_sequence;
    end if;
    with made as (
      insert into follow_up (tenant_id, event_id, subject_id, job, waits_for, state, sequence)
      select p_tenant, new_event, p_subject, job, "waitsFor", case when "waitsFor" is null then 'pending' else 'waiting' end, case when counted then next_sequence end
      from jsonb_to_recordset(p_follow_ups) as wanted (job text, "waitsFor" text, counted boolean)
      returning id, job, state
    )
    select array_agg(job), array_agg(json_build_object('tenantId', p_tenant, 'followUpId', id)), array_agg(id::text) into tasks, payloads, keys
    from made where state = 'pending';
    if tasks is not null then perform enqueue_jobs(tasks, payloads, keys); end if;
  end if;
  if p_subject_kind = 'booking' then perform pg_notify('konfirmado_booking', p_subject::text); end if;
  return new_event;
end $$;
grant execute on function log_event to konfirmado_app, konfirmado_system;
