-- What a merchant does with an order: parcels, pieces that are sent no more, pieces back in stock.
alter table order_line
  add column dropped int not null default 0,
  add column stock_back int not null default 0 check (stock_back between 0 and quantity),
  add check (dropped between 0 and refunded),
  add check (sent + dropped <= quantity);
comment on column order_line.dropped is
  'of what is refunded, the pieces that had not been sent: they never are';
comment on column order_line.stock_back is 'pieces that were put back in stock and may be sold again';

alter table shop_order add column is_shipping_refunded boolean not null default false;

create table order_shipment (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  order_id uuid not null,
  carrier text check (length(carrier) between 1 and 100),
  tracking_number text check (length(tracking_number) between 1 and 100),
  tracking_url text check (length(tracking_url) between 1 and 500),
  lines jsonb not null,
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references shop_order on delete cascade
);
comment on table order_shipment is
  'a parcel; shop_order repeats the carrier and number of the newest one';
comment on column order_shipment.lines is '[{"place": 1, "quantity": 2}, …]';
comment on column order_shipment.actor is 'who sent it, as in event.actor';
create index on order_shipment (tenant_id, order_id, created_at);
call protect_tenant_table('order_shipment');

-- The desk's list asks by state and time.
create index shop_order_open on shop_order (tenant_id, paid_at, id)
  where sent_at is null and delivered_at is null;
create index order_line_sku on order_line (tenant_id, lower(sku)) where sku is not null;
