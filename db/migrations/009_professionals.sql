create domain opening_exception_kind as text check (value in ('closed', 'extra'));

-- Dates on which a professional's openings differ from the week (domain/openings.ts).
create table opening_exception (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  professional_id uuid not null,
  kind opening_exception_kind not null,
  from_date date not null,
  to_date date not null check (to_date between from_date and from_date + 365),
  starts_at time,
  ends_at time,
  note text not null default '' check (length(note) <= 200),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, professional_id) references professional on delete cascade,
  check ((starts_at is null) = (ends_at is null)),
  check (ends_at > starts_at),
  check (kind = 'closed' or starts_at is not null)
);
comment on column opening_exception.from_date is 'both dates are inclusive, in the professional''s zone';
comment on column opening_exception.starts_at is 'null: whole days';
comment on column opening_exception.note is 'for the merchant''s people; customers never see it';
create index on opening_exception (tenant_id, professional_id, to_date);
call protect_tenant_table('opening_exception');

-- Links at which a professional checks what the merchant has set up, and connects a calendar.
create table calendar_invitation (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  professional_id uuid not null,
  hash text not null,
  expires_at timestamptz not null,
  mailed_at timestamptz,
  mailed_to text,
  confirmed_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, professional_id) references professional on delete cascade
);
comment on column calendar_invitation.hash is
  'SHA-256 of the token. The token itself is derived from the id and APP_SECRET, and stored nowhere';
comment on column calendar_invitation.confirmed_at is 'when the professional last said that all is right';
create unique index calendar_invitation_live on calendar_invitation (tenant_id, professional_id)
  where revoked_at is null;
-- Before a tenant is known.
create index calendar_invitation_hash on calendar_invitation (hash);
call protect_tenant_table('calendar_invitation');
