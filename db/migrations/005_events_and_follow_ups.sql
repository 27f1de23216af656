create domain event_subject as text check (value in ('booking', 'payment', 'refund_case', 'inbox_event', 'tenant'));
create domain follow_up_state as text check (value in ('waiting', 'pending', 'done', 'attention', 'skipped'));

create table event (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  subject_kind event_subject not null,
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
  tenant_id uuid not null,
  id uuid not null default new_id(),
  event_id uuid not null,
  subject_id uuid not null,
  job text not null,
  waits_for text,
  state follow_up_state not null default 'pending',
  attempts int not null default 0,
  last_error text,
  sequence int,
  run_at timestamptz not null default now(),
  done_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, event_id, job),
  foreign key (tenant_id, event_id) references event on delete cascade
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

-- Events of one kind with their follow-ups and the jobs of those that are due now, in the caller's transaction: a few statements for any number of
-- events. p_follow_ups: [{job, waitsFor, counted}] each. p_sequences: the number of a callback among its booking's.
create function write_events(p_tenants uuid[], p_subject_kind text, p_subjects uuid[], p_kind text, p_details jsonb[], p_actor text, p_follow_ups jsonb[],
  p_sequences int[]) returns void language plpgsql as $$
declare events uuid[]; tasks text[]; payloads json[]; keys text[];
begin
  with written as (
    insert into event (tenant_id, subject_kind, subject_id, kind, details, actor)
    select tenant, p_subject_kind, subject, p_kind, details, p_actor from unnest(p_tenants, p_subjects, p_details) as given (tenant, subject, details)
    returning id, subject_id
  )
  select array_agg(written.id order by place) into events from unnest(p_subjects) with ordinality as given (subject, place) join written on subject_id = subject;
  with made as (
    insert into follow_up (tenant_id, event_id, subject_id, job, waits_for, state, sequence)
    select tenant, event, subject, job, "waitsFor", case when "waitsFor" is null then 'pending' else 'waiting' end, case when counted then sequence end
    from unnest(p_tenants, events, p_subjects, p_follow_ups, p_sequences) as given (tenant, event, subject, follow_ups, sequence),
      jsonb_to_recordset(follow_ups) as wanted (job text, "waitsFor" text, counted boolean)
    returning tenant_id, id, job, state
  )
  select array_agg(job), array_agg(json_build_object('tenantId', tenant_id, 'followUpId', id)), array_agg(id::text) into tasks, payloads, keys
  from made where state = 'pending';
  if tasks is not null then perform enqueue_jobs(tasks, payloads, keys); end if;
  if p_subject_kind = 'booking' then perform pg_notify('konfirmado_booking', subject::text) from unnest(p_subjects) subject; end if;
end $$;

create function log_event(p_tenant uuid, p_subject_kind text, p_subject uuid, p_kind text, p_details jsonb, p_actor text, p_follow_ups jsonb)
returns void language plpgsql set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare next_sequence int;
begin
  if p_follow_ups @> '[{"counted": true}]' then
    update booking set callback_sequence = callback_sequence + 1 where tenant_id = p_tenant and id = p_subject returning callback_sequence into next_sequence;
  end if;
  perform write_events(array[p_tenant], p_subject_kind, array[p_subject], p_kind, array[p_details], p_actor, array[p_follow_ups], array[next_sequence]);
end $$;
grant execute on function log_event, write_events to konfirmado_app, konfirmado_system;
