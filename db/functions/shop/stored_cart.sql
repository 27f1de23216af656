-- Returns what a cart shows and is checked out by, in one call: its head, its lines as they are sold at this
-- moment, and what its code says. Row-level security applies. No row: there is no such cart here.
create function stored_cart(p_cart uuid) returns table (
  id uuid,
  tenant_id uuid,
  shop text,
  currency text,
  user_id text,
  discount_code text,
  checkout_id uuid,
  token text,
  ends_at timestamptz,
  is_paying boolean,
  is_order boolean,
  is_open boolean,
  hold_minutes int,
  lines_max int,
  answer_wait_minutes int,
  lines jsonb
) language plpgsql stable as $$
begin
  return query
    select c.id, c.tenant_id, t.slug, c.currency, c.user_id, c.discount_code, c.checkout_id, k.token,
      k.ends_at,
      coalesce(k.status = 'pending' and k.ends_at > now(), false), o.id is not null,
      s.is_open, s.hold_minutes, s.lines_max, t.answer_wait_minutes, (
        select coalesce(jsonb_agg(jsonb_build_object(
          'variantId', l.variant_id, 'productId', p.id, 'productTitle', p.title, 'variantTitle', v.title,
          'translations', p.translations, 'sku', v.sku, 'imageUrl', p.images[1], 'isDigital', p.is_digital,
          'quantity', l.quantity, 'seenPriceMinor', l.seen_price_minor, 'unitPriceMinor', v.price_minor,
          'taxPercent', p.tax_percent, 'taxIncluded', p.tax_included, 'weightGrams', v.weight_grams,
          'perOrderMax', p.per_order_max, 'free', v.on_hand - living_stock(v.tenant_id, v.id, c.checkout_id),
          'isSold', p.is_active and p.deleted_at is null and v.deleted_at is null and v.currency = c.currency
        ) order by l.added_at, l.variant_id), '[]')
        from cart_line l
          join variant v on v.tenant_id = l.tenant_id and v.id = l.variant_id
          join product p on p.tenant_id = v.tenant_id and p.id = v.product_id
        where l.tenant_id = c.tenant_id and l.cart_id = c.id
      )
    from cart c
      join shop s on s.tenant_id = c.tenant_id
      join tenant t on t.tenant_id = c.tenant_id
      left join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      left join shop_order o on o.tenant_id = c.tenant_id and o.id = c.checkout_id
    where c.tenant_id = current_tenant() and c.id = p_cart;
end $$;
call plan_by_index('stored_cart');
grant execute on function stored_cart to konfirmado_app, konfirmado_system;
