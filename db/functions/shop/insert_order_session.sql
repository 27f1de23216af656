-- Writes a frozen cart in one call: checkout, order session and lines, the cart's newest session, the prices
-- that its customer has accepted. Each row is given by its columns.
create function insert_order_session(p_checkout jsonb, p_session jsonb, p_lines jsonb)
returns setof checkout language plpgsql as $$
declare
  made checkout;
  cart_of uuid := p_session ->> 'cart_id';
begin
  insert into checkout (
    tenant_id, id, kind, ends_at, amount_minor, currency, customer_name, customer_email, customer_phone,
    accepted_terms_at, locale, token, session
  )
  select
    tenant_id, id, kind, ends_at, amount_minor, currency, customer_name, customer_email, customer_phone,
    now(), locale, token, session
  from jsonb_populate_record(null::checkout, p_checkout)
  returning * into made;
  insert into order_session (
    tenant_id, id, cart_id, session_token, user_id, address, shipping, discount_id, discount_code,
    sub_total_minor, discount_minor, shipping_minor, tax_minor, total_minor, note, snapshot, campaign
  )
  select
    tenant_id, id, cart_id, session_token, user_id, address, shipping, discount_id, discount_code,
    sub_total_minor, discount_minor, shipping_minor, tax_minor, total_minor, note, snapshot, campaign
  from jsonb_populate_record(null::order_session, p_session);
  insert into order_line (
    tenant_id, order_id, place, variant_id, product_title, variant_title, sku, image_url, is_digital,
    quantity, unit_price_minor, discount_minor, tax_percent, tax_included, tax_minor, total_minor
  )
  select
    tenant_id, order_id, place, variant_id, product_title, variant_title, sku, image_url, is_digital,
    quantity, unit_price_minor, discount_minor, tax_percent, tax_included, tax_minor, total_minor
  from jsonb_populate_recordset(null::order_line, p_lines);
  update cart c set checkout_id = made.id, updated_at = now()
  where c.tenant_id = made.tenant_id and c.id = cart_of;
  -- What was accepted is no change any more, even if it is not paid.
  update cart_line l set seen_price_minor = line.unit_price_minor
  from jsonb_populate_recordset(null::order_line, p_lines) line
  where l.tenant_id = made.tenant_id and l.cart_id = cart_of and l.variant_id = line.variant_id
    and l.seen_price_minor <> line.unit_price_minor;
  return next made;
end $$;
call plan_by_index('insert_order_session');
grant execute on function insert_order_session to konfirmado_app, konfirmado_system;
