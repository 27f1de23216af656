-- People: passwords, sessions, second factors. A person may belong to many tenants, so these tables
-- have none; instead they are a world of their own, which only konfirmado_auth reads and writes.
-- better-auth reads and writes the first five; platform/auth.ts gives it these names.
create schema auth;
grant usage on schema auth to konfirmado_auth;

create table auth.person (
  id uuid primary key default new_id(),
  name text not null check (length(name) between 1 and 100),
  email text not null unique check (email = lower(email) and length(email) <= 254),
  email_verified boolean not null default false,
  image text,
  locale text not null default 'es' check (locale in ('es', 'en', 'fr', 'pt')),
  two_factor_enabled boolean not null default false,
  last_tenant_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

comment on column auth.person.last_tenant_id is 'the merchant that they looked at last';

create table auth.person_session (
  id uuid primary key default new_id(),
  user_id uuid not null references auth.person on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  tenant_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column auth.person_session.token is
  'the cookie is signed with APP_SECRET besides, so the table alone signs nobody in';
comment on column auth.person_session.tenant_id is 'the merchant whose dashboard they look at';
create index on auth.person_session (user_id);
create index on auth.person_session (expires_at);

create table auth.person_account (
  id uuid primary key default new_id(),
  user_id uuid not null references auth.person on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (user_id, provider_id)
);
comment on column auth.person_account.password is 'argon2id, with its parameters';

create table auth.person_proof (
  id uuid primary key default new_id(),
  identifier text not null unique,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column auth.person_proof.identifier is
  'SHA-256 of what a mail''s link or a cookie holds; whoever brings that may do once what it is for';
create index on auth.person_proof (expires_at);

create table auth.person_two_factor (
  id uuid primary key default new_id(),
  user_id uuid not null unique references auth.person on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default true,
  failed_verification_count int not null default 0,
  locked_until timestamptz,
  last_step bigint
);
comment on column auth.person_two_factor.last_step is
  'the 30 seconds of the last code that was taken: no code is taken twice';

create table auth.person_passkey (
  id uuid primary key default new_id(),
  user_id uuid not null references auth.person on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null default '{}',
  name text not null check (length(name) between 1 and 100),
  last_used_at timestamptz,
  created_at timestamptz not null default now()
);
create index on auth.person_passkey (user_id);

-- What somebody typed on the page for new merchants. Person, tenant and owner are made together once
-- the mail's link is opened, so an address that nobody has proven owns nothing.
create table auth.registration (
  id uuid primary key default new_id(),
  business text not null check (length(business) between 1 and 120),
  country text not null check (country ~ '^[A-Z]{2}$'),
  email text not null check (email = lower(email) and length(email) <= 254),
  locale text not null check (locale in ('es', 'en', 'fr', 'pt')),
  password text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index on auth.registration (email);
create index on auth.registration (expires_at);

-- A mail to an address, whoever that is. Its job finds out, never the request, and makes the link.
create table auth.person_mail (
  id uuid primary key default new_id(),
  kind text not null check (kind in (
    'verify', 'reset', 'email-change', 'email-changed', 'password-changed',
    'two-factor-on', 'two-factor-off', 'passkey-added', 'passkey-removed'
  )),
  email text not null,
  locale text not null check (locale in ('es', 'en', 'fr', 'pt')),
  person_id uuid references auth.person on delete cascade,
  registration_id uuid references auth.registration on delete cascade,
  created_at timestamptz not null default now()
);

grant select, insert, update, delete on all tables in schema auth to konfirmado_auth;

-- An invitation to work for a merchant. Its token is in the mail alone.
create table invitation (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  email text not null check (email = lower(email) and length(email) <= 254),
  role member_role not null,
  professional_id uuid,
  sees_phones boolean not null default false,
  token_hash text,
  invited_by text not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, professional_id) references professional
);
comment on column invitation.invited_by is 'a name, as the mail says it';
create unique index invitation_once on invitation (tenant_id, email)
  where accepted_at is null and withdrawn_at is null;
-- Before a tenant is known.
create index invitation_token on invitation (token_hash);
call protect_tenant_table('invitation');
