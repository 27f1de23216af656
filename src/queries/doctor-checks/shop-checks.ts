import { type Check, paid } from "./check.ts";

/** Longest hold, twice, and the longest wait for a provider's answer, in minutes. */
const minutesMax = 120 + 1440;

export const shopChecks: readonly Check[] = [
  {
    promise: "slot",
    problem: "the stock of a variant is not the sum of its changes",
    query: `select v.tenant_id, v.id from variant v
      left join (select tenant_id, variant_id, sum(quantity) as pieces from stock_change group by 1, 2) c
        on c.tenant_id = v.tenant_id and c.variant_id = v.id
      where v.on_hand is not null and v.on_hand <> coalesce(c.pieces, 0)`,
  },
  {
    promise: "slot",
    problem: "living claims keep more of a variant than is there",
    query: `select v.tenant_id, v.id from variant v
      join (select tenant_id, variant_id, sum(quantity) as pieces from stock_claim
        where state = 'paying' and expires_at > now() group by 1, 2) c on c.tenant_id = v.tenant_id and c.variant_id = v.id
      where c.pieces > v.on_hand`,
  },
  {
    promise: "slot",
    problem: "what an order has sold is not what its claims and the stock say",
    // A variant that is not counted, or was not at that time, has no change.
    query: `select o.tenant_id, o.id from shop_order o
      left join (select tenant_id, order_id, variant_id, sum(quantity) as pieces from order_line group by 1, 2, 3) l
        on l.tenant_id = o.tenant_id and l.order_id = o.id
      left join stock_claim c on c.tenant_id = l.tenant_id and c.checkout_id = l.order_id and c.variant_id = l.variant_id
      left join (select tenant_id, checkout_id, variant_id, sum(quantity) as pieces from stock_change
        where reason = 'sold' group by 1, 2, 3) s
        on s.tenant_id = l.tenant_id and s.checkout_id = l.order_id and s.variant_id = l.variant_id
      where c.state is distinct from 'booked' or c.quantity <> l.pieces or s.pieces <> -l.pieces`,
  },
  {
    promise: "slot",
    problem: "a sale is written for what is no order",
    query: `select s.tenant_id, s.id from stock_change s where s.reason = 'sold' and not exists (
      select from shop_order o where o.tenant_id = s.tenant_id and o.id = s.checkout_id)`,
  },
  {
    promise: "money",
    problem: "an order session is paid and is no order, or an order was never paid",
    query: `select k.tenant_id, k.id from checkout k left join shop_order o on o.tenant_id = k.tenant_id and o.id = k.id
      where k.kind = 'order' and (k.status in ${paid} and o.id is null
        or o.id is not null and (k.paid_charge_id is null or k.status not in ('paid', 'confirmed', 'cancelled')))`,
  },
  {
    promise: "money",
    problem: "an order session costs another sum than its lines and its delivery",
    query: `select s.tenant_id, s.id from order_session s join checkout k on k.tenant_id = s.tenant_id and k.id = s.id
      left join (select tenant_id, order_id, sum(total_minor) as total, sum(discount_minor) as discount,
          sum(quantity * unit_price_minor) as gross from order_line group by 1, 2) l
        on l.tenant_id = s.tenant_id and l.order_id = s.id
      where k.amount_minor <> s.total_minor or s.total_minor <> coalesce(l.total, 0) + s.shipping_minor
        or s.discount_minor <> coalesce(l.discount, 0) or s.sub_total_minor <> coalesce(l.gross, 0)`,
  },
  {
    promise: "money",
    problem: "the uses of a code are not those of its orders",
    query: `select d.tenant_id, d.id from discount d
      left join (select tenant_id, discount_id, count(*) as uses from discount_claim where state = 'booked' group by 1, 2) c
        on c.tenant_id = d.tenant_id and c.discount_id = d.id
      where d.used <> coalesce(c.uses, 0)`,
  },
  {
    promise: "money",
    problem: "the orders of a shop are not numbered one after the other",
    query: `select s.tenant_id, s.tenant_id as id from shop s
      left join (select tenant_id, count(*) as orders, max(number) as newest from shop_order group by 1) o on o.tenant_id = s.tenant_id
      where s.orders_made <> coalesce(o.orders, 0) or s.orders_made <> coalesce(o.newest, 0)`,
  },
  {
    promise: "hold",
    problem: "a paid order session still claims, or one that is over does",
    query: `select c.tenant_id, c.checkout_id as id from (
        select tenant_id, checkout_id, state from stock_claim union all select tenant_id, checkout_id, state from discount_claim) c
      join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      where c.state = 'paying' and k.status <> 'pending' or c.state = 'booked' and k.paid_charge_id is null`,
  },
  {
    promise: "hold",
    problem: "an order session keeps its stock longer than any may",
    query: `select c.tenant_id, c.checkout_id as id from stock_claim c join checkout k on k.tenant_id = c.tenant_id and k.id = c.checkout_id
      where c.state = 'paying' and c.expires_at > k.ends_at + interval '${minutesMax} minutes'
        and (c.expires_at > k.ends_at + interval '4 days' or not approval_waits(c.tenant_id, c.checkout_id))`,
  },
];
