-- Returns the tenant's checkouts whose customer's name or e-mail address has all words, or whose
-- phone number has the digits (null: phone numbers are not searched). The words are three patterns
-- for `like`; unused ones are '%'. Under row-level security no `like` could use the trigrams, so it
-- has the owner's rights, and the tenant is the one that the transaction has set.
create function find_bookings(p_words text[], p_digits text) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
    select c.id
    from checkout c
    where c.tenant_id::text = current_tenant()::text and (
      searchable_customer(c.customer_name, c.customer_email) like p_words[1]
        and searchable_customer(c.customer_name, c.customer_email) like p_words[2]
        and searchable_customer(c.customer_name, c.customer_email) like p_words[3]
      or phone_digits(c.customer_phone) like p_digits
    );
end $$;
call plan_by_index('find_bookings');
revoke all on function find_bookings from public;
grant execute on function find_bookings to konfirmado_app;
