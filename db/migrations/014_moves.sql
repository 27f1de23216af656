-- Booked appointments may be moved to another time or professional.
alter table booking add column moves int not null default 0;
comment on column booking.moves is
  'how often it was moved; calendars keep the invitation with the highest number (RFC 5546 §2.1.4)';
