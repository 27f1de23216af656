-- Returns the tenant's customers whose name or e-mail address has all words, or whose phone number
-- has the digits, newest first; of a double, the customer that it was merged into. An address or a
-- number that was given besides is found whole. See find_bookings for the patterns and the rights.
create function find_customers(p_words text[], p_digits text, p_whole text, p_after uuid, p_limit int)
returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  return query
    select id from (
      select coalesce(c.merged_into, c.id) as id
      from customer c
      where c.tenant_id::text = current_tenant()::text and (
        searchable_customer(c.name, c.email) like p_words[1]
          and searchable_customer(c.name, c.email) like p_words[2]
          and searchable_customer(c.name, c.email) like p_words[3]
        or phone_digits(c.phone) like p_digits
      )
      union
      select coalesce(c.merged_into, c.id)
      from customer_contact x
        join customer c on c.tenant_id = x.tenant_id and c.id = x.customer_id
      where x.tenant_id = current_tenant() and x.kind in ('email', 'phone') and x.value = p_whole
    ) found
    where p_after is null or id < p_after
    order by id desc limit p_limit;
end $$;
call plan_by_index('find_customers');
revoke all on function find_customers from public;
grant execute on function find_customers to konfirmado_app;
