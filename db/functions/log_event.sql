-- Writes one event as write_events does. A callback among its follow-ups takes the checkout's next
-- sequence number.
create function log_event(p_event jsonb) returns void language plpgsql as $$
declare
  next_sequence int;
begin
  if p_event -> 'followUps' @> '[{"counted": true}]' then
    update checkout set callback_sequence = callback_sequence + 1
    where tenant_id = (p_event ->> 'tenantId')::uuid and id = (p_event ->> 'subjectId')::uuid
    returning callback_sequence into next_sequence;
  end if;
  perform write_events(jsonb_build_array(p_event || jsonb_build_object('sequence', next_sequence)));
end $$;
call plan_by_index('log_event');
grant execute on function log_event to konfirmado_app, konfirmado_system;
