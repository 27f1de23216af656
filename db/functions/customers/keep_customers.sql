-- Finds or makes the customers of paid checkouts: by e-mail address, else by phone number. Returns
-- {checkout: customer}. A customer who comes again with the same contacts costs one statement. Rows
-- of contacts are inserted in one order, so that two batches never wait for each other in a circle.
create function keep_customers(p_paid jsonb, p_ids uuid[]) returns jsonb language plpgsql as $$
declare
  given jsonb;
  one record;
  owner uuid;
begin
  select jsonb_agg(jsonb_build_object(
    'tenantId', k.tenant_id,
    'checkoutId', k.id,
    'email', lower(k.customer_email),
    'digits', phone_digits(k.customer_phone),
    'known', coalesce(e.customer_id, p.customer_id),
    'fresh', new_id(),
    'isWhole', (e.customer_id is not null or k.customer_email = '')
      and (p.customer_id is not null or phone_digits(k.customer_phone) = '')
  )) into given
  from jsonb_to_recordset(p_paid) as paid ("tenantId" uuid, "checkoutId" uuid)
    join checkout k on k.tenant_id = paid."tenantId" and k.id = paid."checkoutId"
    left join customer_contact e on e.tenant_id = k.tenant_id and e.kind = 'email'
      and e.value = lower(k.customer_email)
    left join customer_contact p on p.tenant_id = k.tenant_id and p.kind = 'phone'
      and p.value = phone_digits(k.customer_phone)
  where k.id = any (p_ids);

  if given @> '[{"isWhole": false}]' then
    insert into customer (tenant_id, id, name, email, phone, locale, since)
    select k.tenant_id, fresh, k.customer_name, k.customer_email, k.customer_phone, k.locale, k.created_at
    from jsonb_to_recordset(given) as paid ("tenantId" uuid, "checkoutId" uuid, known uuid, fresh uuid)
      join checkout k on k.tenant_id = "tenantId" and k.id = "checkoutId"
    where known is null;

    insert into customer_contact (tenant_id, kind, value, customer_id)
    select "tenantId", kind, value, coalesce(known, fresh)
    from jsonb_to_recordset(given) as paid (
        "tenantId" uuid, "checkoutId" uuid, email text, digits text, known uuid, fresh uuid),
      lateral (values ('email', email), ('phone', digits)) as contact (kind, value)
    where value <> ''
    order by "tenantId", kind, value, "checkoutId"
    on conflict do nothing;

    -- Somebody else was faster with an address or a number: the customer made here gives way.
    for one in
      select "tenantId" as tenant_id, fresh, email, digits
      from jsonb_to_recordset(given) as paid (
        "tenantId" uuid, fresh uuid, email text, digits text, known uuid)
      where known is null
    loop
      select c.customer_id into owner
      from customer_contact c
      where c.tenant_id = one.tenant_id and c.customer_id <> one.fresh
        and (c.kind, c.value) in (('email', one.email), ('phone', one.digits))
      order by c.kind limit 1;
      if owner is not null then
        update customer_contact set customer_id = owner
        where tenant_id = one.tenant_id and customer_id = one.fresh;
        delete from customer where tenant_id = one.tenant_id and id = one.fresh;
      end if;
    end loop;
  end if;

  return (
    select jsonb_object_agg("checkoutId", coalesce(e.customer_id, p.customer_id))
    from jsonb_to_recordset(given) as paid ("tenantId" uuid, "checkoutId" text, email text, digits text)
      left join customer_contact e on e.tenant_id = "tenantId" and e.kind = 'email' and e.value = email
      left join customer_contact p on p.tenant_id = "tenantId" and p.kind = 'phone' and p.value = digits
  );
end $$;
call plan_by_index('keep_customers');
grant execute on function keep_customers to konfirmado_app, konfirmado_system;
