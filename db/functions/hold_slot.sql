-- Takes one hold. Outcomes: held | kept (this session already holds exactly this slot) | slot_taken
-- | too_many_holds. A repeat with the same id (a lost answer) gets `held` again. p_is_new_session:
-- the session was made for this request, so it can hold nothing else yet.
create function hold_slot(
  p_tenant uuid,
  p_id uuid,
  p_professional uuid,
  p_service uuid,
  p_starts timestamptz,
  p_ends timestamptz,
  p_during tstzrange,
  p_session text,
  p_is_new_session boolean,
  p_address text,
  p_hold_minutes int,
  p_holds_per_address_max int,
  p_offer jsonb
) returns hold_answer language plpgsql as $$
declare
  answer hold_answer;
  own record;
  released uuid[];
begin
  execute format('set local app.tenant_id = %L', p_tenant);
  -- Takes one wish of a session at a time. Two at once would both find no hold of their own.
  if not p_is_new_session then
    perform pg_advisory_xact_lock(hashtextextended(p_session, 3));
  end if;
  if not p_is_new_session
    and exists (select from claims_of_session(p_session) where tenant_id = p_tenant and state = 'held') then
    select * into own from release_own_holds(p_tenant, p_professional, p_service, p_starts, p_session);
    if (own.kept).id is not null then
      return ('kept', (own.kept).id, (own.kept).expires_at)::hold_answer;
    end if;
    released := own.released;
  elsif p_address is not null and living_claims_of_address(p_address) >= p_holds_per_address_max then
    return ('too_many_holds', null, null)::hold_answer;
  end if;

  -- Most slots are free, so the insert goes first. Only a refused one relabels lapsed claims and
  -- retries once.
  for turn in 1 .. 2 loop
    insert into slot_claim (
      tenant_id, id, professional_id, service_id, starts_at, ends_at, during, state, expires_at, session,
      address, offer
    ) values (
      p_tenant, p_id, p_professional, p_service, p_starts, p_ends, p_during, 'held',
      now() + make_interval(mins => p_hold_minutes), p_session, p_address, p_offer
    )
    on conflict do nothing
    returning 'held', id, slot_claim.expires_at into answer;
    if found then return answer; end if;
    exit when turn = 2 or not expire_lapsed_claims(p_tenant, p_professional, p_during);
  end loop;

  select 'held', c.id, c.expires_at into answer from slot_claim c
  where c.tenant_id = p_tenant and c.id = p_id and c.session = p_session and c.state = 'held'
    and c.expires_at > now();
  if found then return answer; end if;
  -- The slot is refused, so the customer keeps the one they had.
  if released is not null then
    update slot_claim set state = 'held' where tenant_id = p_tenant and id = any (released);
  end if;
  perform ask_about_claims(p_tenant, p_professional, p_during);
  return ('slot_taken', null, null)::hold_answer;
end $$;
call plan_by_index('hold_slot');
grant execute on function hold_slot to konfirmado_app, konfirmado_system;
