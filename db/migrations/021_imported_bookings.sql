-- Bookings that another tool sold. Their money was taken there, so nothing is due here.
alter table booking add column imported boolean not null default false;
comment on column booking.imported is
  'another tool sold it: nothing is due here, and its price is for the record';
alter table booking add column import_key text;
comment on column booking.import_key is
  'hash of professional, start and contact as they were in the file; it stays when the booking moves,
  so that the same file twice adds nothing';
create unique index booking_import_key on booking (tenant_id, import_key) where import_key is not null;
