-- What a reception knows of a booking beyond the money: who came, and internal notes.
alter domain attendance drop constraint attendance_check;
alter domain attendance add constraint attendance_check check (value in ('arrived', 'completed', 'no_show'));

alter table booking add column attended_at timestamptz;
comment on column booking.attended_at is
  'when somebody said it; until the end of that day, in the tenant''s zone, they may take it back';
alter table booking add check ((attendance is null) = (attended_at is null));

alter table booking add column customer_timezone text;
comment on column booking.customer_timezone is 'of the browser that booked; null: it did not say';

-- Never in a mail, a callback or a log.
create table booking_note (
  tenant_id uuid not null,
  id uuid not null default new_id(),
  booking_id uuid not null,
  text text not null check (length(text) between 1 and 2000),
  actor text not null,
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, booking_id) references booking on delete cascade
);
comment on column booking_note.actor is 'who wrote it, as in event.actor';
create index on booking_note (tenant_id, booking_id, created_at);
call protect_tenant_table('booking_note');
