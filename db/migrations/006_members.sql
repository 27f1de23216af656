-- Who works for a merchant, and which programs do. A person's password and sessions are in the schema
-- auth (007), because a person may belong to many tenants.
create domain member_role as text check (value in ('owner', 'admin', 'staff'));

create table member (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  person_id uuid not null,
  role member_role not null,
  name text not null check (length(name) between 1 and 100),
  email text not null,
  professional_id uuid,
  sees_phones boolean not null default false,
  removed_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, professional_id) references professional
);
comment on column member.name is 'a copy of the person''s, which this schema cannot read';
comment on column member.professional_id is 'whose bookings a member of the role staff sees';
comment on column member.sees_phones is 'for the role staff; others always see phone numbers';
create unique index member_once on member (tenant_id, person_id) where removed_at is null;
-- Before a tenant is known.
create index member_person on member (person_id);
call protect_tenant_table('member');

create table api_key (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  name text not null check (length(name) between 1 and 100),
  shown text not null,
  hash text not null,
  permissions text[] not null,
  created_by uuid,
  last_used_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column api_key.shown is 'its first characters, to tell it from others';
comment on column api_key.hash is 'SHA-256 of the key: 192 random bits need no slower hash';
-- Before a tenant is known.
create index api_key_hash on api_key (hash);
call protect_tenant_table('api_key');
