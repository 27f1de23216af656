-- A merchant's bookings in the order of their appointments, and found by who comes.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- An index stands on these three, so they stay here and never change.

-- Without case and accents, so that "perez" finds Pérez. A full-width letter is a usual one.
create function searchable(words text) returns text language sql immutable parallel safe as
$$ select lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036F]', '', 'g')) $$;

-- Spaces around it, so that a short word can be asked for as a whole one.
create function searchable_customer(name text, email text) returns text
language sql immutable parallel safe as
$$ select ' ' || public.searchable(name || ' ' || email) || ' ' $$;

create function phone_digits(phone text) returns text language sql immutable parallel safe as
$$ select regexp_replace(phone, '\D', '', 'g') $$;

-- The tenant as text: only this index can answer find_bookings, whatever the statistics say.
create index checkout_search on checkout using gin (
  (tenant_id::text),
  searchable_customer(customer_name, customer_email) gin_trgm_ops,
  phone_digits(customer_phone) gin_trgm_ops
);
-- Most bookings are confirmed; the others are few.
create index checkout_by_status on checkout (tenant_id, status) where status <> 'confirmed';

-- With the id, both directions of a list are one scan of one index.
drop index booking_tenant_id_starts_at_id_idx;
drop index booking_tenant_id_professional_id_starts_at_idx;
create index booking_by_time on booking (tenant_id, starts_at, id);
create index booking_by_professional on booking (tenant_id, professional_id, starts_at, id);
create index booking_by_service on booking (tenant_id, service_id, starts_at, id);
