-- How often each booking link was opened, by day (UTC) and by the utm_source it was shared with.
-- Nothing tells one visitor from another.
create table link_opens (
  tenant_id uuid not null,
  link_id uuid not null,
  day date not null,
  source text not null default '' check (length(source) <= 100),
  opens int not null check (opens > 0),
  primary key (tenant_id, link_id, day, source),
  foreign key (tenant_id, link_id) references booking_link on delete cascade
);
comment on column link_opens.source is 'empty: opened without a utm_source';
call protect_tenant_table('link_opens');

-- What became of a link. Ids of checkouts grow with time, so the last days of a link lie together.
create index booking_link_bookings on booking (tenant_id, link_id, id);
