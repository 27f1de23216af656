-- Writes events with their follow-ups, and enqueues what is due now, in the caller's transaction: a
-- few statements for any number of events. `followUps` is [{job, waitsFor, counted}]. `sequence` is
-- a callback's number among its checkout's.
create function write_events(p_events jsonb) returns void language plpgsql as $$
declare
  tasks text[];
  payloads json[];
  keys text[];
begin
  with given as materialized (
    select new_id() as event_id, event.*
    from jsonb_to_recordset(p_events) as event (
      "tenantId" uuid,
      "subjectKind" text,
      "subjectId" uuid,
      kind text,
      details jsonb,
      actor text,
      conditions text[],
      changes jsonb,
      origin jsonb,
      "followUps" jsonb,
      sequence int
    )
  ), written as (
    insert into event (
      tenant_id, id, subject_kind, subject_id, kind, details, actor, conditions, changes, origin
    )
    select
      "tenantId",
      event_id,
      "subjectKind",
      "subjectId",
      kind,
      details,
      actor,
      conditions,
      changes,
      origin
    from given
  ), made as (
    insert into follow_up (tenant_id, event_id, subject_id, job, waits_for, state, sequence)
    select
      "tenantId",
      event_id,
      "subjectId",
      job,
      "waitsFor",
      case when "waitsFor" is null then 'pending' else 'waiting' end,
      case when counted then sequence end
    from given, jsonb_to_recordset("followUps") as wanted (job text, "waitsFor" text, counted boolean)
    returning tenant_id, id, job, state
  )
  select
    array_agg(job),
    array_agg(json_build_object('tenantId', tenant_id, 'followUpId', id)),
    array_agg(id::text)
  into tasks, payloads, keys
  from made where state = 'pending';
  if tasks is not null then
    perform enqueue_jobs(tasks, payloads, keys);
  end if;
  perform pg_notify('konfirmado_checkout', event ->> 'subjectId')
  from jsonb_array_elements(p_events) event where event ->> 'subjectKind' = 'checkout';
end $$;
grant execute on function write_events to konfirmado_app, konfirmado_system;
