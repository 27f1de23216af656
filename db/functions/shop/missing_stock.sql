-- Of these lines, [{variantId, quantity}], those of which less can be had than is wanted, with what can.
-- The checkout's own claims are not in its way.
create function missing_stock(p_tenant uuid, p_checkout uuid, p_lines jsonb)
returns table (missing_id uuid, available int) language plpgsql stable as $$
begin
  return query
    select line."variantId", greatest(coalesce(v.on_hand, 0) - kept.pieces, 0)::int
    from jsonb_to_recordset(p_lines) as line ("variantId" uuid, quantity int)
      left join variant v on v.tenant_id = p_tenant and v.id = line."variantId"
      cross join lateral (
        select case when v.on_hand is not null then living_stock(p_tenant, v.id, p_checkout) else 0 end
      ) kept (pieces)
    where v.id is null or v.on_hand - kept.pieces < line.quantity
    order by 1;
end $$;
call plan_by_index('missing_stock');
grant execute on function missing_stock to konfirmado_app, konfirmado_system;
