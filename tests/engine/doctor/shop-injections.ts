import type { Injection } from "./injections.ts";

const variantOf = "(select variant_id from order_line where order_id = :booking limit 1)";
const sum = "the stock of a variant is not the sum of its changes";
const kept = "living claims keep more of a variant than is there";
const sold = "what an order has sold is not what its claims and the stock say";
const nobodys = "a sale is written for what is no order";
const unpaid = "an order session is paid and is no order, or an order was never paid";
const costs = "an order session costs another sum than its lines and its delivery";
const uses = "the uses of a code are not those of its orders";
const numbers = "the orders of a shop are not numbered one after the other";
const claims = "a paid order session still claims, or one that is over does";

/** Into a confirmed order of two pieces with a code. */
export const intoOrder: readonly Injection[] = [
  { what: "a piece vanishes", statement: `update variant set on_hand = on_hand - 1 where id = ${variantOf}`, speaks: [sum] },
  {
    what: "a change is lost",
    statement: "delete from stock_change where checkout_id = :booking",
    speaks: [sum],
  },
  {
    what: "a change says another number",
    statement: "update stock_change set quantity = -1 where checkout_id = :booking",
    speaks: [sum, sold],
  },
  {
    what: "a claim is for fewer pieces than were bought",
    statement: "update stock_claim set quantity = 1 where checkout_id = :booking",
    speaks: [sold],
  },
  {
    what: "somebody else claims more than there is",
    statement: `with other as (
        insert into checkout (tenant_id, id, kind, ends_at, amount_minor, currency, customer_name, customer_email, customer_phone, locale, token, session)
        select tenant_id, gen_random_uuid(), 'order', now() + interval '5 minutes', 0, currency, 'x', 'x@example.com', '', 'es', 'another token', 'x'
        from checkout where id = :booking returning tenant_id, id
      ) insert into stock_claim (tenant_id, variant_id, checkout_id, quantity, state, expires_at)
        select tenant_id, ${variantOf}, id, 100, 'paying', now() + interval '5 minutes' from other`,
    speaks: [kept],
  },
  {
    what: "the order is lost",
    statement: "delete from shop_order where id = :booking",
    speaks: [nobodys, unpaid, numbers],
  },
  {
    what: "its lines cost more than was paid",
    statement: "update order_line set total_minor = total_minor + 1 where order_id = :booking",
    speaks: [costs],
  },
  { what: "a use of its code is not counted", statement: "update discount set used = used - 1", speaks: [uses] },
  { what: "a number is skipped", statement: "update shop_order set number = number + 1 where id = :booking", speaks: [numbers] },
  {
    what: "it still claims what it has paid",
    statement: "update stock_claim set state = 'paying', expires_at = now() - interval '1 minute' where checkout_id = :booking",
    speaks: [sold, claims],
  },
  {
    what: "its use of the code has an end",
    statement: "update discount_claim set state = 'paying', expires_at = now() + interval '1 minute' where checkout_id = :booking",
    speaks: [uses, claims],
  },
  {
    what: "its stock is kept for a week",
    statement: "update stock_claim set state = 'paying', expires_at = now() + interval '7 days' where checkout_id = :booking",
    speaks: [sold, claims, "an order session keeps its stock longer than any may"],
  },
];
