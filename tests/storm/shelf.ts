import type { Clinic } from "../support/clinic.ts";
import { addDiscount, addProduct, type Shop } from "../support/shop/shop.ts";
import type { World } from "../support/world.ts";
import { rowsOf, type Sea } from "./sea.ts";

/** What a clinic's shop began with; `onHand` null cannot run out. */
export type Shelf = { shop: Shop; goods: { variantId: string; onHand: number | null }[]; code: string; usesMax: number };

const code = "DIEZ";
const usesMax = 3;

/**
 * Fewer pieces and uses than are wanted. No sum of these prices, with the code or without, is what
 * somebody pays by mistake (paying.ts, panel-weather.ts).
 */
export async function stockShelf(world: World, clinic: Clinic): Promise<Shelf> {
  const { tenantId, link } = clinic;
  await world.owner.query(
    `insert into shop (tenant_id, is_open, hold_minutes, seller_name, seller_address) values ($1, true, 10, 'Tienda S.A.S.', 'Calle 1 # 2-3, Bogotá')`,
    [tenantId],
  );
  const shop = { ...clinic, slug: link };
  const pieces = [3, 2, null, 4];
  const variants = pieces.map((onHand, index) => ({ title: `${index}`, priceMinor: 10_100_000 + index * 1_300_000, onHand }));
  const { variantIds } = await addProduct(world, shop, { title: "Guía", isDigital: true, taxPercent: 19, variants });
  await addDiscount(world, shop, { code, percent: 10, usesMax });
  return { shop, goods: variantIds.map((variantId, index) => ({ variantId, onHand: pieces[index] ?? null })), code, usesMax };
}

/** What the shop's own books must say, counted from its orders and not from its history. */
export async function shelfProblems(sea: Sea): Promise<string[]> {
  const { goods, usesMax } = sea.shelf;
  const sold = await rowsOf<{ id: string; onHand: number | null; sold: number; living: number }>(
    sea,
    `select v.id, v.on_hand as "onHand",
       (select coalesce(sum(l.quantity), 0)::int from order_line l join shop_order o on o.tenant_id = l.tenant_id and o.id = l.order_id
        where l.tenant_id = v.tenant_id and l.variant_id = v.id) as sold,
       (select coalesce(sum(c.quantity), 0)::int from stock_claim c where c.tenant_id = v.tenant_id and c.variant_id = v.id
          and c.state = 'paying' and c.expires_at > now()) as living
     from variant v where v.tenant_id = $1`,
  );
  const stock = goods.flatMap(({ variantId, onHand: before }) => {
    const is = sold.find(({ id }) => id === variantId);
    if (!is) return [`the variant ${variantId} has gone`];
    if (before === null) return is.onHand === null ? [] : [`${variantId} cannot run out and has ${is.onHand}`];
    const left = before - is.sold;
    return [
      ...(left < 0 ? [`of ${before} pieces of ${variantId} ${is.sold} were sold`] : []),
      ...(is.onHand === left ? [] : [`${variantId} had ${before}, sold ${is.sold} and has ${is.onHand}`]),
      ...(is.living > left ? [`${is.living} pieces of ${variantId} are claimed, and ${left} are there`] : []),
    ];
  });
  const [uses] = await rowsOf<{ used: number; orders: number }>(
    sea,
    `select d.used, (select count(*)::int from shop_order o join order_session s on s.tenant_id = o.tenant_id and s.id = o.id
       where o.tenant_id = d.tenant_id and s.discount_id = d.id) as orders from discount d where d.tenant_id = $1`,
  );
  const code = uses && uses.used === uses.orders && uses.used <= usesMax ? [] : [`a code for ${usesMax} uses: ${JSON.stringify(uses)}`];
  return [...stock, ...code, ...(await toldTooSoon(sea))];
}

type Told = { id: string; kind: string; job: string };

/** No mail and no callback of an order before its money. */
async function toldTooSoon(sea: Sea): Promise<string[]> {
  const told = await rowsOf<Told>(
    sea,
    `select k.id, e.kind, f.job from follow_up f join event e on e.tenant_id = f.tenant_id and e.id = f.event_id
       join checkout k on k.tenant_id = f.tenant_id and k.id = f.subject_id
     where f.tenant_id = $1 and k.kind = 'order' and e.kind like 'order.%'
       and not exists (select from shop_order o where o.tenant_id = k.tenant_id and o.id = k.id)`,
  );
  return told.map(({ id, kind, job }) => `${job} of ${kind} for ${id}, which is no order`);
}

/** Days later nothing is left of what nobody paid for. */
export async function leftOnShelf(sea: Sea): Promise<string[]> {
  const left = await rowsOf<{ what: string; id: string }>(
    sea,
    `select 'a claim' as what, checkout_id as id from stock_claim where tenant_id = $1 and state = 'paying'
     union all select 'a use', checkout_id from discount_claim where tenant_id = $1 and state = 'paying'
     union all select 'an order session', s.id from order_session s join checkout k on k.tenant_id = s.tenant_id and k.id = s.id
       where s.tenant_id = $1 and k.paid_charge_id is null
         and not exists (select from refund_case r where r.tenant_id = k.tenant_id and r.checkout_id = k.id)
         and not exists (select from payment p where p.tenant_id = k.tenant_id and p.checkout_id = k.id and p.payable_until > now())`,
  );
  return left.map(({ what, id }) => `${what} of ${id} was left behind`);
}
