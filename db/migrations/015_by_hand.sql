-- Bookings that a reception makes by hand: with a payment link, or paid on site.
alter table checkout alter column accepted_terms_at drop not null;
comment on column checkout.accepted_terms_at is
  'null if the merchant asked for the money, and the customer has not begun to pay on our page';

alter table booking add column by_hand boolean not null default false;
comment on column booking.by_hand is
  'the merchant made it; its customer has as long to pay as the merchant has said';

-- Each booking came by a link. Those of the reception come by one that no list shows.
alter table booking_link add column is_desk boolean not null default false;
comment on column booking_link.is_desk is
  'of the bookings made by hand: their pages find terms, colors and other times by it';
create unique index booking_link_desk on booking_link (tenant_id) where is_desk;

alter table connection drop constraint connection_kind_check;
alter table connection add constraint connection_kind_check
  check (kind in ('payment', 'room', 'callback', 'desk'));
create unique index connection_desk on connection (tenant_id) where kind = 'desk';
comment on column connection.kind is 'desk: the money that a reception takes; nobody''s account';

create table on_site_receipt (
  tenant_id uuid not null,
  payment_id uuid not null,
  method text not null check (method in ('cash', 'card', 'transfer', 'other')),
  reference text check (length(reference) between 1 and 100),
  taken_by text not null,
  taken_at timestamptz not null default now(),
  primary key (tenant_id, payment_id),
  foreign key (tenant_id, payment_id) references payment on delete cascade
);
comment on table on_site_receipt is 'how money was taken at the reception, and by whom';
comment on column on_site_receipt.reference is 'of the terminal''s slip or the bank; null: none was given';
comment on column on_site_receipt.taken_by is 'as in event.actor';
call protect_tenant_table('on_site_receipt');

-- What is left of a price after its deposit is a checkout of its own, made when it is asked for.
create table booking_rest (
  tenant_id uuid not null,
  id uuid not null,
  booking_id uuid not null,
  primary key (tenant_id, id),
  unique (tenant_id, booking_id),
  foreign key (tenant_id, id) references checkout on delete cascade,
  foreign key (tenant_id, booking_id) references booking
);
call protect_tenant_table('booking_rest');
