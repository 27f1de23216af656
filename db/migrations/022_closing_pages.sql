-- Pages that are closed before their capacity is let go, providers that cannot be asked or that lag,
-- and tips.
alter table payment
  add column can_be_asked boolean not null default true,
  add column grace_seconds int not null default 120 check (grace_seconds >= 120),
  add column close_wanted_at timestamptz,
  add column closed_at timestamptz;
comment on column payment.can_be_asked is
  'false: only its webhooks tell of it (capability lookup); then asked_at is when one told its end';
comment on column payment.grace_seconds is
  'from so long after the end of its page an answer counts (capability answerLagMinutes)';
comment on column payment.close_wanted_at is
  'its page shall be closed before its end: another page has taken its place, or the time was given up';
comment on column payment.closed_at is
  'when the provider closed its page unpaid: a definite no, whatever else it still says';

alter table charge add column tip_minor minor_units not null default 0;
comment on column charge.tip_minor is
  'what the customer added on the provider''s page, beside amount_minor and not a part of it';

-- Events that are about no charge, by kind and connection, for whoever looks for one.
create index on inbox_event (tenant_id, connection_id, event_kind) where not is_about_charge;
