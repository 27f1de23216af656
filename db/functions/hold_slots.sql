-- Takes a batch of holds in one statement and one flush of the log. Each gets the answer it would
-- get alone, in the order given. The caller orders them by professional and time, so that two
-- batches lock in the same order. In a flash sale, newcomers who want what was just refused are
-- refused without another look.
create function hold_slots(
  p_wishes jsonb,
  p_holds_per_address_max int
) returns setof hold_answer language plpgsql as $$
declare
  answer hold_answer;
  wish record;
  before record;
  is_same boolean := false;
begin
  for wish in
    select * from jsonb_to_recordset(p_wishes) as given (
      "tenantId" uuid,
      id uuid,
      "professionalId" uuid,
      "serviceId" uuid,
      start timestamptz,
      "end" timestamptz,
      "from" timestamptz,
      until timestamptz,
      "sessionHash" text,
      "isNewSession" boolean,
      "addressHash" text,
      "holdMinutes" int,
      offer jsonb
    )
  loop
    if before is not null then
      is_same := answer.outcome = 'slot_taken' and wish."isNewSession"
        and wish."professionalId" = before."professionalId" and wish."tenantId" = before."tenantId"
        and wish."from" = before."from" and wish.until = before.until;
    end if;
    if not is_same or living_claims_of_address(wish."addressHash") >= p_holds_per_address_max then
      answer := hold_slot(
        wish."tenantId",
        wish.id,
        wish."professionalId",
        wish."serviceId",
        wish.start,
        wish."end",
        tstzrange(wish."from", wish.until),
        wish."sessionHash",
        wish."isNewSession",
        wish."addressHash",
        wish."holdMinutes",
        p_holds_per_address_max,
        wish.offer
      );
    end if;
    before := wish;
    return next answer;
  end loop;
end $$;
grant execute on function hold_slots to konfirmado_app, konfirmado_system;
