-- One round trip for a webhook: stored durably, and its settling enqueued, or known already. Runs as the system role.
create function receive_event(p_tenant uuid, p_connection uuid, p_provider text, p_key text, p_kind text, p_reference text,
  p_charge text, p_is_about_charge boolean, p_body text, p_headers jsonb)
returns boolean language plpgsql as $$
declare new_event uuid := new_id();
begin
  insert into inbox_event (tenant_id, id, connection_id, provider, event_key, event_kind, reference, provider_charge_id, is_about_charge, body, headers, state)
  values (p_tenant, new_event, p_connection, p_provider, p_key, p_kind, p_reference, p_charge, p_is_about_charge, p_body, p_headers,
    case when p_is_about_charge then 'received' else 'ignored' end)
  on conflict (tenant_id, connection_id, event_key) do nothing;
  if not found then return false; end if;
  if not p_is_about_charge then return true; end if;
  perform enqueue_job('settle-inbox-event', json_build_object('tenantId', p_tenant, 'inboxEventId', new_event), job_key := 'inbox-' || new_event);
  return true;
end $$;
grant execute on function receive_event to konfirmado_system;
grant select, insert, update, delete on worker_process to konfirmado_system;
