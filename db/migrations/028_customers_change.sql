-- Customers cancel and move by themselves, and are reminded.
alter table tenant
  add column customer_cancel_hours int default 24 check (customer_cancel_hours between 0 and 720),
  add column customer_move_hours int default 24 check (customer_move_hours between 0 and 720),
  add column first_reminder_hours int default 24 check (first_reminder_hours between 1 and 168),
  add column second_reminder_hours int check (second_reminder_hours between 1 and 168);
comment on column tenant.customer_cancel_hours is
  'until so many hours before the start a customer cancels without asking; null: never';
comment on column tenant.customer_move_hours is
  'the same for moving to another time; null: never';
comment on column tenant.first_reminder_hours is
  'so many hours before the start the customer gets a mail; null: none';

create table booking_reminder (
  tenant_id uuid not null,
  booking_id uuid not null,
  starts_at timestamptz not null,
  hours_before int not null,
  planned_at timestamptz not null default now(),
  primary key (tenant_id, booking_id, starts_at, hours_before),
  foreign key (tenant_id, booking_id) references booking on delete cascade
);
comment on table booking_reminder is
  'planned mails: the key lets one of two sweeps plan one, and gives a moved booking others';
call protect_tenant_table('booking_reminder');
