-- What a shop sells, what it has of it, and how it gets to the customer.
create domain claimed_quantity as int check (value between 1 and 10000);

-- A tenant's shop. Without a row there is none.
create table shop (
  tenant_id uuid primary key references tenant on delete cascade,
  is_open boolean not null default false,
  hold_minutes int not null default 15 check (hold_minutes between 5 and 60),
  seller_name text check (length(seller_name) between 1 and 200),
  seller_tax_id text check (length(seller_tax_id) between 1 and 64),
  seller_address text check (length(seller_address) between 1 and 300),
  returns_text text check (length(returns_text) between 1 and 5000),
  lines_max int not null default 50 check (lines_max between 1 and 100),
  orders_made bigint not null default 0 check (orders_made >= 0),
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
comment on column shop.hold_minutes is 'how long an order session keeps its stock for paying';
comment on column shop.orders_made is 'the number of the newest order';
comment on column shop.returns_text is 'how goods go back; shown before paying and in the receipt';
call protect_tenant_table('shop');

create table product (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  title text not null check (length(title) between 1 and 120),
  description text not null default '' check (length(description) <= 5000),
  category text check (length(category) between 1 and 60),
  images text[] not null default '{}' check (cardinality(images) <= 10),
  tax_percent numeric(4, 2) not null default 0 check (tax_percent >= 0),
  tax_included boolean not null default true,
  is_digital boolean not null default false,
  per_order_max int check (per_order_max between 1 and 1000),
  translations jsonb not null default '{}',
  is_active boolean not null default true,
  position int not null default 0,
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on column product.tax_included is 'whether its prices hold the tax already';
comment on column product.is_digital is 'nothing is sent and nothing can run out';
comment on column product.deleted_at is 'archived; its orders keep it';
comment on column product.images is 'addresses of pictures, the first one stands for it';
create index on product (tenant_id, position, id);
call protect_tenant_table('product');

-- What is put in a cart. A product without choices has one, with an empty title.
create table variant (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  product_id uuid not null,
  title text not null default '' check (length(title) <= 80),
  sku text check (length(sku) between 1 and 64),
  price_minor minor_units not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  weight_grams int not null default 0 check (weight_grams between 0 and 1000000),
  on_hand int check (on_hand >= 0),
  low_stock_at int check (low_stock_at >= 0),
  position int not null default 0,
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, product_id) references product on delete cascade
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0);
comment on column variant.on_hand is
  'pieces in the house that nobody has paid for; null: it cannot run out. Living claims are within it';
comment on column variant.low_stock_at is 'at that many or fewer the merchant is told; null: never';
create index on variant (tenant_id, product_id, position, id);
create unique index variant_sku on variant (tenant_id, sku) where sku is not null and deleted_at is null;
call protect_tenant_table('variant');

-- Why the stock is what it is: on_hand is the sum of these. A row for each change, never changed.
create table stock_change (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  variant_id uuid not null,
  quantity int not null check (quantity <> 0),
  on_hand int not null check (on_hand >= 0),
  reason text not null check (reason in
    ('initial', 'received', 'counted', 'damaged', 'given', 'returned', 'sold', 'corrected')),
  note text check (length(note) between 1 and 500),
  checkout_id uuid,
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, variant_id) references variant on delete cascade
);
comment on column stock_change.on_hand is 'after the change';
comment on column stock_change.actor is 'who made it, as in event.actor';
comment on column stock_change.checkout_id is 'of a sale or a return';
create index on stock_change (tenant_id, variant_id, created_at desc, id desc);
create index on stock_change (tenant_id, checkout_id) where checkout_id is not null;
call protect_tenant_table('stock_change');

create table discount (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  code text not null check (code ~ '^[A-Z0-9][A-Z0-9_-]{1,31}$'),
  percent numeric(5, 2) check (percent > 0 and percent <= 100),
  amount_minor bigint check (amount_minor > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_at timestamptz,
  ends_at timestamptz,
  uses_max int check (uses_max > 0),
  uses_per_customer_max int check (uses_per_customer_max > 0),
  minimum_minor bigint check (minimum_minor > 0),
  product_ids uuid[],
  is_active boolean not null default true,
  used int not null default 0 check (used >= 0 and (uses_max is null or used <= uses_max)),
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  check ((percent is null) <> (amount_minor is null)),
  check (ends_at > starts_at)
);
comment on column discount.code is 'in capitals; customers may write it as they like';
comment on column discount.minimum_minor is 'of the lines that it counts for, before it is taken off';
comment on column discount.product_ids is 'null: all products';
comment on column discount.used is 'by paid orders; living claims are beside it';
create unique index discount_code on discount (tenant_id, code) where deleted_at is null;
call protect_tenant_table('discount');

create table shipping_option (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default new_id(),
  kind text not null check (kind in ('flat', 'by_weight', 'pickup')),
  name text not null check (length(name) between 1 and 100),
  price_minor minor_units not null default 0,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  weight_steps jsonb not null default '[]',
  free_from_minor bigint check (free_from_minor > 0),
  tax_percent numeric(4, 2) not null default 0 check (tax_percent >= 0),
  tax_included boolean not null default true,
  days_min int check (days_min between 0 and 365),
  days_max int check (days_max between 0 and 365 and days_max >= days_min),
  location_id uuid,
  translations jsonb not null default '{}',
  is_active boolean not null default true,
  position int not null default 0,
  deleted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, location_id) references location,
  check ((kind = 'pickup') = (location_id is not null))
);
comment on column shipping_option.weight_steps is
  '[{"upToGrams": 1000, "priceMinor": 800000}, …], ascending; what is heavier cannot be sent by it';
comment on column shipping_option.free_from_minor is 'of the goods after their discount; null: never free';
comment on column shipping_option.days_min is 'working days until it is there, as promised before paying';
comment on column shipping_option.location_id is 'where it is picked up';
create index on shipping_option (tenant_id, position, id);
call protect_tenant_table('shipping_option');
