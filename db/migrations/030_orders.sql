-- From a cart to an order. An order session is a kind of checkout and has its id.
create table cart (
  tenant_id uuid not null references tenant on delete cascade,
  id uuid not null default gen_random_uuid(),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  user_id text check (length(user_id) between 1 and 128),
  discount_code text check (length(discount_code) between 1 and 64),
  checkout_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (tenant_id, id)
);
comment on table cart is 'whoever has its id has the cart: 122 random bits, in no list';
comment on column cart.user_id is 'the buyer in the merchant''s own shop system';
comment on column cart.checkout_id is
  'its newest order session, without a foreign key: that one vanishes if it is not paid';
create index cart_left on cart (updated_at);
create index cart_id on cart (id);
call protect_tenant_table('cart');

create table cart_line (
  tenant_id uuid not null,
  cart_id uuid not null,
  variant_id uuid not null,
  quantity claimed_quantity not null,
  seen_price_minor minor_units not null,
  added_at timestamptz not null default now(),
  primary key (tenant_id, cart_id, variant_id),
  foreign key (tenant_id, cart_id) references cart on delete cascade,
  foreign key (tenant_id, variant_id) references variant on delete cascade
);
comment on column cart_line.seen_price_minor is 'of one piece, as the customer saw it last';
call protect_tenant_table('cart_line');

-- The priced, validated, stock-holding snapshot of a cart. Its end is checkout.ends_at.
create table order_session (
  tenant_id uuid not null,
  id uuid not null,
  cart_id uuid not null,
  session_token text not null check (session_token ~ '^session_[0-9a-f-]{36}_[0-9]{13}$'),
  user_id text,
  address jsonb,
  shipping jsonb,
  discount_id uuid,
  discount_code text,
  sub_total_minor minor_units not null,
  discount_minor minor_units not null,
  shipping_minor minor_units not null,
  tax_minor minor_units not null,
  total_minor minor_units not null,
  note text check (length(note) between 1 and 500),
  snapshot jsonb not null,
  campaign jsonb,
  primary key (tenant_id, id),
  unique (tenant_id, session_token),
  foreign key (tenant_id, id) references checkout on delete cascade,
  foreign key (tenant_id, discount_id) references discount
);
comment on column order_session.address is 'where it is sent; null: picked up, or nothing is sent';
comment on column order_session.shipping is
  'the option as it was chosen: id, kind, name, days, place (contracts/shop); null: nothing is sent';
comment on column order_session.sub_total_minor is 'of the goods, as their prices are shown';
comment on column order_session.tax_minor is 'within total_minor: of all lines and of the delivery';
comment on column order_session.snapshot is 'what asked for it, to know a repeat (contracts/shop)';
create index order_session_cart on order_session (tenant_id, cart_id);
create index order_session_begun on checkout (tenant_id, created_at) where kind = 'order';
call protect_tenant_table('order_session');

create table order_line (
  tenant_id uuid not null,
  order_id uuid not null,
  place int not null check (place >= 1),
  variant_id uuid not null,
  product_title text not null,
  variant_title text not null,
  sku text,
  image_url text,
  is_digital boolean not null,
  quantity claimed_quantity not null,
  unit_price_minor minor_units not null,
  discount_minor minor_units not null,
  tax_percent numeric(4, 2) not null,
  tax_included boolean not null,
  tax_minor minor_units not null,
  total_minor minor_units not null,
  sent int not null default 0 check (sent between 0 and quantity),
  refunded int not null default 0 check (refunded between 0 and quantity),
  primary key (tenant_id, order_id, place),
  foreign key (tenant_id, order_id) references order_session on delete cascade,
  foreign key (tenant_id, variant_id) references variant
);
comment on column order_line.total_minor is 'what is paid for the line: discount taken off, tax in it';
comment on column order_line.place is 'from 1, as in the cart';
call protect_tenant_table('order_line');

-- Stock that is taken until `expires_at`, or for good (`booked`). All lines of an order session move
-- together. Variants are locked in the order of their ids before claims are counted or made.
create table stock_claim (
  tenant_id uuid not null,
  variant_id uuid not null,
  checkout_id uuid not null,
  quantity claimed_quantity not null,
  state claim_state not null,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, checkout_id, variant_id),
  -- No foreign key to variant: every claim would lock its row (decision 007).
  foreign key (tenant_id, checkout_id) references checkout on delete cascade,
  check (state in ('paying', 'booked', 'released', 'expired')),
  check ((state = 'paying') = (expires_at is not null))
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500,
        autovacuum_vacuum_cost_delay = 0, autovacuum_analyze_scale_factor = 0.02);
create index stock_claim_living on stock_claim (tenant_id, variant_id) where state = 'paying';
create index stock_claim_lapsing on stock_claim (expires_at) where state = 'paying';
call protect_tenant_table('stock_claim');

-- A use of a code is a claim too: it lapses with its order session.
create table discount_claim (
  tenant_id uuid not null,
  discount_id uuid not null,
  checkout_id uuid not null,
  customer text not null,
  state claim_state not null,
  expires_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (tenant_id, checkout_id),
  foreign key (tenant_id, checkout_id) references checkout on delete cascade,
  check (state in ('paying', 'booked', 'released', 'expired')),
  check ((state = 'paying') = (expires_at is not null))
) with (fillfactor = 80);
comment on column discount_claim.customer is 'the e-mail address in lower case, to count their uses';
create index discount_claim_living on discount_claim (tenant_id, discount_id) where state = 'paying';
create index discount_claim_customer on discount_claim (tenant_id, discount_id, customer)
  where state in ('paying', 'booked');
create index discount_claim_lapsing on discount_claim (expires_at) where state = 'paying';
call protect_tenant_table('discount_claim');

-- Exists only once its order session is paid.
create table shop_order (
  tenant_id uuid not null,
  id uuid not null,
  number bigint not null check (number >= 1),
  transaction_id text not null,
  paid_at timestamptz not null,
  packed_at timestamptz,
  sent_at timestamptz,
  delivered_at timestamptz,
  carrier text check (length(carrier) between 1 and 100),
  tracking_number text check (length(tracking_number) between 1 and 100),
  tracking_url text check (length(tracking_url) between 1 and 500),
  version int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, id) references order_session
);
comment on column shop_order.number is 'for people, from 1 in each shop';
comment on column shop_order.transaction_id is 'the paying charge as its provider calls it';
create index shop_order_by_time on shop_order (tenant_id, paid_at desc, id);
create index shop_order_by_transaction on shop_order (tenant_id, transaction_id);
call protect_tenant_table('shop_order');

-- Which lines a refund case is for.
create table order_refund_line (
  tenant_id uuid not null,
  refund_case_id uuid not null,
  order_id uuid not null,
  place int not null,
  quantity claimed_quantity not null,
  amount_minor minor_units not null,
  is_stock_back boolean not null,
  primary key (tenant_id, refund_case_id, place),
  foreign key (tenant_id, refund_case_id) references refund_case,
  foreign key (tenant_id, order_id, place) references order_line
);
comment on column order_refund_line.is_stock_back is 'whether the pieces can be sold again';
create index on order_refund_line (tenant_id, order_id);
call protect_tenant_table('order_refund_line');

create table order_note (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  order_id uuid not null,
  text text not null check (length(text) between 1 and 2000),
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references order_session on delete cascade
);
comment on column order_note.actor is 'who wrote it, as in event.actor';
create index on order_note (tenant_id, order_id, created_at);
call protect_tenant_table('order_note');
