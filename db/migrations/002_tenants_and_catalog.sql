create domain customer_tone as text check (value in ('usual', 'formal', 'informal'));

create table tenant (
  tenant_id uuid primary key default new_id(),
  slug text not null check (slug ~ '^[a-z0-9](-?[a-z0-9])*$' and length(slug) between 2 and 63),
  subdomain text check (subdomain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' and length(subdomain) between 3 and 63),
  name text not null check (length(name) between 1 and 120),
  logo_url text,
  primary_color text not null default '#3B82F6' check (primary_color ~ '^#[0-9A-Fa-f]{6}$'),
  secondary_color text not null default '#10B981' check (secondary_color ~ '^#[0-9A-Fa-f]{6}$'),
  timezone text not null default 'America/Bogota',
  locale text not null default 'es' check (locale in ('es', 'en', 'fr', 'pt')),
  tone customer_tone not null default 'usual',
  country text not null default 'CO' check (country ~ '^[A-Z]{2}$'),
  currency text not null default 'COP' check (currency ~ '^[A-Z]{3}$'),
  notify_email text,
  callback_url text,
  return_url text,
  hold_minutes int not null default 10 check (hold_minutes between 5 and 60),
  return_seconds int not null default 3 check (return_seconds between 0 and 30),
  answer_wait_minutes int not null default 30 check (answer_wait_minutes between 5 and 1440),
  on_decline text not null default 'retry' check (on_decline in ('retry', 'release')),
  latest_approval_minutes int not null default 0 check (latest_approval_minutes between 0 and 1440),
  terms_text text check (length(terms_text) between 1 and 20000),
  controller_name text check (length(controller_name) between 1 and 200),
  is_listed boolean not null default false,
  share_title text check (length(share_title) between 1 and 70),
  share_text text check (length(share_text) between 1 and 200),
  share_image_url text,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call protect_tenant_table('tenant');

comment on column tenant.return_seconds is
  'until a confirmed customer is taken to return_url; 0: only when they press the button';
comment on column tenant.answer_wait_minutes is
  'how long after the customer''s end a slot waits for a provider that does not answer';
comment on column tenant.slug is 'unique by the directory';
comment on column tenant.subdomain is 'unique by the directory; it serves this tenant only';
comment on column tenant.tone is 'how customers are addressed; usual: tú in Spanish, vous in French';
comment on column tenant.currency is 'of new services';
comment on column tenant.is_listed is 'whether search engines may list the booking page';
comment on column tenant.latest_approval_minutes is
  'an approval counts until so many minutes before the appointment begins';

-- Public words that lead to a tenant before one is known, and the only keys that are unique over
-- all tenants. Holds no secret and changes rarely. Has no foreign key, because one server may hold
-- it while others hold the tenants.
create table directory (
  kind text not null check (kind in ('link', 'connection', 'tenant_slug', 'subdomain')),
  key text not null check (length(key) between 2 and 64),
  tenant_id uuid not null,
  primary key (kind, key)
);
-- Everybody may look a word up. A tenant may add and remove its own words, and never takes over
-- another's.
alter table directory enable row level security;
create policy look_up on directory for select to konfirmado_app using (true);
create policy claim_own on directory for insert to konfirmado_app with check (tenant_id = current_tenant());
create policy give_back_own on directory for delete to konfirmado_app using (tenant_id = current_tenant());
create policy system_all on directory to konfirmado_system using (true) with check (true);
grant select, insert, delete on directory to konfirmado_app;
grant select, insert, update, delete on directory to konfirmado_system;

create table service (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  name text not null check (length(name) between 1 and 100),
  description text not null default '' check (length(description) <= 2000),
  image_url text,
  duration_minutes int not null check (duration_minutes between 5 and 480),
  buffer_before_minutes int not null default 0 check (buffer_before_minutes between 0 and 240),
  buffer_after_minutes int not null default 0 check (buffer_after_minutes between 0 and 240),
  slot_step_minutes int not null default 15 check (slot_step_minutes between 5 and 240),
  lead_minutes int not null default 60 check (lead_minutes between 0 and 43200),
  horizon_days int not null default 60 check (horizon_days between 1 and 365),
  price_minor bigint not null check (price_minor >= 0),
  currency text not null default 'COP' check (currency ~ '^[A-Z]{3}$'),
  charge_type text not null default 'total' check (charge_type in ('total', 'partial', 'on_site')),
  deposit_percent int not null default 25 check (deposit_percent between 1 and 100),
  deposit_minor bigint check (deposit_minor > 0),
  capacity_policy text not null default 'hold' check (capacity_policy in ('hold', 'first_payer_wins')),
  hold_minutes int check (hold_minutes between 5 and 60),
  cancellation jsonb,
  questions jsonb not null default '[]',
  translations jsonb not null default '{}',
  online boolean not null default false,
  active boolean not null default true,
  position int not null default 0,
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column service.deposit_minor is 'a fixed sum; null: deposit_percent counts';
comment on column service.hold_minutes is 'null: the tenant''s';
comment on column service.cancellation is
  'what comes back by when (contracts/service-terms.ts); null: the merchant has not said';
comment on column service.questions is
  'what its customers are asked, in this order (contracts/service-terms.ts)';
comment on column service.translations is 'name and description by language; missing: the tenant''s words';
call protect_tenant_table('service');

create domain calendar_status as text check (value in ('pending', 'connected', 'error'));

create table professional (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  name text not null check (length(name) between 1 and 100),
  description text not null default '' check (length(description) <= 2000),
  photo_url text,
  email text,
  timezone text,
  calendar_status calendar_status not null default 'pending',
  active boolean not null default true,
  position int not null default 0,
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column professional.timezone is 'IANA zone; null means the tenant''s';
-- For tenant_of_professional, which knows no tenant yet.
create index on professional (id);
call protect_tenant_table('professional');

create table service_professional (
  tenant_id uuid not null,
  service_id uuid not null,
  professional_id uuid not null,
  primary key (tenant_id, service_id, professional_id),
  foreign key (tenant_id, service_id) references service on delete cascade,
  foreign key (tenant_id, professional_id) references professional on delete cascade
);
call protect_tenant_table('service_professional');

create table working_hours (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  professional_id uuid not null,
  weekday int not null check (weekday between 1 and 7),
  starts_at time not null,
  ends_at time not null check (ends_at > starts_at),
  primary key (tenant_id, id),
  foreign key (tenant_id, professional_id) references professional on delete cascade
);
comment on column working_hours.weekday is 'ISO: 1 Monday … 7 Sunday, in the professional''s zone';
create index on working_hours (tenant_id, professional_id);
call protect_tenant_table('working_hours');

create table booking_link (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  public_id text not null check (public_id ~ '^[A-Za-z0-9_-]{3,64}$'),
  name text not null check (length(name) between 1 and 100),
  service_id uuid,
  professional_id uuid,
  expires_at timestamptz,
  is_active boolean not null default true,
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, public_id),
  foreign key (tenant_id, service_id) references service,
  foreign key (tenant_id, professional_id) references professional
);
comment on column booking_link.deleted_at is
  'its public id stays taken, so that a printed address never leads to another merchant';
call protect_tenant_table('booking_link');

create table connection (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  kind text not null check (kind in ('payment', 'room', 'callback')),
  provider text not null,
  mode text not null default 'test' check (mode in ('test', 'production')),
  credentials text not null,
  credentials_changed_at timestamptz not null default now(),
  account text,
  is_active boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column connection.account is
  'whose account at the provider it is, in the provider''s words; fixed once there are payments';
comment on column connection.credentials is 'AES-256-GCM, key id first: platform/secrets.ts';
comment on column connection.credentials_changed_at is
  'what an event or a charge after it proves, the present secrets have done';
create index on connection (tenant_id, kind, provider);
create index on connection (provider, is_active desc, created_at);
call protect_tenant_table('connection');
