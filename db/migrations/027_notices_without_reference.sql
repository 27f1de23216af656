-- The signature of some providers covers only the id of a charge, so that a stored event of theirs
-- tells neither whose payment it is nor what became of it. Until it was asked about, it may be an
-- approval of any unanswered payment of its connection (db/functions/approval_waits.sql).
create index on inbox_event (tenant_id, connection_id, received_at)
  where state = 'received' and reference is null;
