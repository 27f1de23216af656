-- Payments and events that wait for a provider's answer and whose job is gone, or has used up its tries,
-- get a new one. Answers how many. With its owner's rights: the queue's tables are out of the app's reach.
create function enqueue_lost_questions(p_tenant uuid, p_max int) returns int
language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  revived int;
begin
  with lost as (
    select 'poll-payment' as task, 'paymentId' as name, p.tenant_id, p.id, 'poll-' || p.id as job_key
    from checkout k
      join payment p on p.tenant_id = k.tenant_id and p.checkout_id = k.id
    where (p_tenant is null or k.tenant_id = p_tenant)
      and k.paid_charge_id is null and k.ends_at < now() - interval '10 minutes'
      and p.status in ('created', 'pending', 'declined', 'error', 'expired', 'cancelled')
      and p.can_be_asked and p.seen_at is null and (p.asked_at is null or p.asked_at < p.payable_until)
      and p.payable_until > now() - interval '30 days'
    union all
    select 'settle-inbox-event', 'inboxEventId', e.tenant_id, e.id, 'inbox-' || e.id
    from inbox_event e
    where (p_tenant is null or e.tenant_id = p_tenant)
      and e.state in ('received', 'unmatched') and e.received_at < now() - interval '10 minutes'
  )
  select count(enqueue_job(task, json_build_object('tenantId', tenant_id, name, id), job_key := lost.job_key))
  into revived
  from (
    select * from lost
    where not exists (
      select from graphile_worker._private_jobs j where j.key = lost.job_key and j.attempts < j.max_attempts)
    limit p_max
  ) lost;
  return revived;
end $$;
call plan_by_index('enqueue_lost_questions');
revoke all on function enqueue_lost_questions from public;
grant execute on function enqueue_lost_questions to konfirmado_system;
