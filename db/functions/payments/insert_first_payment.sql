-- Writes the first payment of a checkout that was made in this transaction, and what follows from it: its
-- first poll (none where its provider cannot be asked), the checkout's end without an answer, the events of
-- both. Events that came before it are settled, as settleWaiting does. `p_payment` is given by its
-- columns.
create function insert_first_payment(
  p_payment jsonb,
  p_poll_at timestamptz,
  p_ends_at timestamptz,
  p_events jsonb
) returns setof payment language plpgsql as $$
declare
  made payment;
  woken int;
begin
  insert into payment (
    tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, expires_at,
    payable_until, can_be_asked, grace_seconds
  )
  select
    tenant_id, id, checkout_id, connection_id, provider, reference, amount_minor, currency, expires_at,
    payable_until, can_be_asked, grace_seconds
  from jsonb_populate_record(null::payment, p_payment)
  returning * into made;
  perform enqueue_timers(
    array['expire-checkout', 'poll-payment'],
    array[
      json_build_object('tenantId', t.tenant_id, 'checkoutId', made.checkout_id),
      json_build_object('tenantId', t.tenant_id, 'paymentId', made.id)
    ],
    array['expire-' || made.checkout_id, 'poll-' || made.id],
    array[p_ends_at + make_interval(mins => t.answer_wait_minutes, secs => 1), p_poll_at]
  )
  from tenant t where t.tenant_id = made.tenant_id;
  -- The lock of lockReference: an event that looks for this payment meanwhile waits for the commit.
  perform pg_advisory_xact_lock(hashtextextended(made.tenant_id || ':' || made.reference, 2));
  with waiting as (
    update inbox_event i set state = 'received'
    where i.tenant_id = made.tenant_id and i.reference = made.reference
      and i.state in ('received', 'unmatched')
    returning i.tenant_id, i.id
  )
  select count(enqueue_job(
    'settle-inbox-event',
    json_build_object('tenantId', waiting.tenant_id, 'inboxEventId', waiting.id),
    job_key := 'inbox-' || waiting.id
  )) into woken from waiting;
  perform write_events(p_events);
  return next made;
end $$;
call plan_by_index('insert_first_payment');
grant execute on function insert_first_payment to konfirmado_app, konfirmado_system;
