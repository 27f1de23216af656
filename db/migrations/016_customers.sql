-- Who comes. A customer is found or made when a checkout is paid (db/functions/keep_customers.sql),
-- or imported; an attempt that vanishes leaves none behind.
create table customer (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  name text not null,
  email text not null default '',
  phone text not null default '',
  digits text not null generated always as (phone_digits(phone)) stored,
  locale text not null,
  since timestamptz not null default now(),
  blocked_at timestamptz,
  blocked_reason text,
  full_payment_at timestamptz,
  full_payment_reason text,
  merged_into uuid,
  merged_at timestamptz,
  merged_through uuid,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, merged_into) references customer,
  check (merged_into <> id),
  check ((blocked_at is null) = (blocked_reason is null)),
  check ((full_payment_at is null) = (full_payment_reason is null))
);
comment on column customer.email is 'as it was given first, or corrected; empty: an import had none';
comment on column customer.phone is 'E.164; empty: an import had none';
comment on column customer.digits is
  'of the number, as a column: row-level security keeps an expression from its index';
comment on column customer.since is 'when their first purchase began, or what an import said';
comment on column customer.blocked_at is 'since then they cannot book online; null: they can';
comment on column customer.full_payment_at is 'since then they are offered no deposit; null: as everybody';
comment on column customer.merged_into is
  'whose double it is; null: nobody''s. Purchases and contacts stay with this row, so undoing a merge
  moves nothing';
comment on column customer.merged_at is 'until the end of that day, in the tenant''s zone, it may be undone';
comment on column customer.merged_through is 'the double with which it went to another customer';
-- The tenant as text, as in checkout_search.
create index customer_search on customer using gin (
  (tenant_id::text),
  searchable_customer(name, email) gin_trgm_ops,
  phone_digits(phone) gin_trgm_ops
);
create index customer_doubles on customer (tenant_id, merged_into) where merged_into is not null;
create index customer_digits on customer (tenant_id, digits) where digits <> '';
call protect_tenant_table('customer');

-- An address or a number leads to one customer; its primary key decides races.
create table customer_contact (
  tenant_id uuid not null,
  kind text not null check (kind in ('email', 'phone')),
  value text not null check (value <> ''),
  customer_id uuid not null,
  primary key (tenant_id, kind, value),
  foreign key (tenant_id, customer_id) references customer on delete cascade
);
comment on column customer_contact.value is
  'an e-mail address in lower case, or the digits of a phone number';
create index on customer_contact (tenant_id, customer_id);
call protect_tenant_table('customer_contact');

-- Never in a mail, a callback or a log.
create table customer_note (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  customer_id uuid not null,
  text text not null check (length(text) between 1 and 2000),
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customer on delete cascade
);
comment on column customer_note.actor is 'who wrote it, as in event.actor';
create index on customer_note (tenant_id, customer_id, created_at);
call protect_tenant_table('customer_note');

alter table checkout add column customer_id uuid;
alter table checkout add foreign key (tenant_id, customer_id) references customer;
comment on column checkout.customer_id is 'null until it is paid, and after its customer was erased';
create index checkout_of_customer on checkout (tenant_id, customer_id) where customer_id is not null;

-- What was paid before customers had a table. An address is one customer; whoever was first with a
-- phone number keeps it.
with made as (
  insert into customer (tenant_id, name, email, phone, locale, since)
  select distinct on (tenant_id, lower(customer_email))
    tenant_id, customer_name, customer_email, customer_phone, locale, created_at
  from checkout
  where paid_charge_id is not null and customer_email <> ''
  order by tenant_id, lower(customer_email), created_at
  returning tenant_id, id, email
)
insert into customer_contact (tenant_id, kind, value, customer_id)
select tenant_id, 'email', lower(email), id from made;

update checkout k set customer_id = c.customer_id
from customer_contact c
where k.paid_charge_id is not null and c.tenant_id = k.tenant_id and c.kind = 'email'
  and c.value = lower(k.customer_email);

insert into customer_contact (tenant_id, kind, value, customer_id)
select distinct on (tenant_id, phone_digits(customer_phone))
  tenant_id, 'phone', phone_digits(customer_phone), customer_id
from checkout
where customer_id is not null and phone_digits(customer_phone) <> ''
order by tenant_id, phone_digits(customer_phone), created_at;
