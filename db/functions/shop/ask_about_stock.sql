-- Asks about the payments whose claims keep pieces, or a use of a code (ask_about_payments).
create function ask_about_stock(p_tenant uuid, p_variants uuid[], p_discount uuid) returns void
language plpgsql as $$
begin
  perform ask_about_payments(p_tenant, array(
    select checkout_id from stock_claim
    where tenant_id = p_tenant and variant_id = any (p_variants) and state = 'paying'
    union
    select checkout_id from discount_claim
    where tenant_id = p_tenant and discount_id = p_discount and state = 'paying'
  ));
end $$;
call plan_by_index('ask_about_stock');
grant execute on function ask_about_stock to konfirmado_app, konfirmado_system;
