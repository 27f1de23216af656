-- Where customers go, and the pictures that merchants upload.
create table location (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  name text not null check (length(name) between 1 and 100),
  address text not null default '' check (length(address) <= 300),
  directions text not null default '' check (length(directions) <= 1000),
  map_url text check (length(map_url) <= 2000),
  phone text check (length(phone) <= 64),
  whatsapp text check (length(whatsapp) <= 64),
  email text check (length(email) <= 254),
  is_default boolean not null default false,
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column location.phone is 'E.164, as are all stored phone numbers';
create unique index location_default on location (tenant_id) where is_default and deleted_at is null;
call protect_tenant_table('location');

-- An archived one counts as none, so that to restore it is enough.
alter table service add column location_id uuid;
alter table service add foreign key (tenant_id, location_id) references location;
comment on column service.location_id is 'null: the default location';

-- Without the pictures themselves: those are files (providers/files), named by the hash of what
-- they show.
create table image (
  tenant_id uuid not null references tenant on delete cascade,
  name text not null check (name ~ '^[0-9a-f]{64}$'),
  bytes int not null check (bytes > 0),
  created_at timestamptz not null default now(),
  primary key (tenant_id, name)
);
call protect_tenant_table('image');
