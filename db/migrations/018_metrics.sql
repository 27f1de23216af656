-- How far the visits of booking links come, and by day what is no longer there row by row.

-- The id is drawn by a browser's tab and ends with it. Nothing here tells who the visitor is; for
-- 90 days `checkout_id` tells whether they paid, then the row becomes a number in `metric`.
create table visit (
  tenant_id uuid not null,
  id uuid not null,
  link_id uuid not null,
  device text not null check (device in ('phone', 'tablet', 'desktop')),
  source text not null default '' check (length(source) <= 100),
  campaign text not null default '' check (length(campaign) <= 100),
  service_id uuid,
  professional_id uuid,
  provider text,
  checkout_id uuid,
  opened_at timestamptz not null,
  service_at timestamptz,
  slot_at timestamptz,
  details_at timestamptz,
  payment_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, link_id) references booking_link on delete cascade
);
comment on table visit is
  'one visit of one booking link, counted in memory and written a few seconds later
  (commands/visits/count-visit.ts); no other key leads away, because nobody waits for a refusal';
comment on column visit.device is 'coarse, from the browser''s name, which is not kept';
comment on column visit.source is 'utm_source of the opened address; empty: there was none';
comment on column visit.campaign is 'utm_campaign of it';
comment on column visit.checkout_id is 'whose payment page it opened; the newest of several';
create index visit_by_time on visit (tenant_id, opened_at);
call protect_tenant_table('visit');

create table metric (
  tenant_id uuid not null references tenant on delete cascade,
  name text not null check (name in ('conversion_funnel', 'hold_lapsed')),
  day date not null,
  metadata jsonb not null,
  value bigint not null check (value > 0),
  primary key (tenant_id, name, day, metadata)
);
comment on table metric is
  'totals of a day in the tenant''s zone: visits of more than 90 days ago by the last step that they
  reached, and holds that lapsed; all other figures come from the rows themselves';
call protect_tenant_table('metric');

-- Few, and looked for among all events of a range.
create index event_oauth_failure on event (tenant_id, created_at) where kind = 'oauth_failure';
