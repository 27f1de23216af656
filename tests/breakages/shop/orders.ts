import type { Breakage } from "../breakage.ts";

const steps = "tests/unit/shop/order-steps.test.ts";
const refunds = "tests/engine/shop-orders/refunds.test.ts";
const desk = "tests/http/shop-orders/order.test.ts";
const lists = "tests/http/shop-orders/list.test.ts";

/** What a merchant does with orders. */
export const shopOrders: Breakage[] = [
  {
    guarantee: "what an order set in motion is its merchant's alone to see",
    file: "src/queries/shop-desk/order-deliveries.ts",
    find: "    await readOrder(tx, orderId);\n",
    replace: "",
    noticedBy: [lists],
    test: "what an order set in motion",
  },
  {
    guarantee: "the days to withdraw from goods begin with their delivery",
    file: "src/queries/shop-desk/order-withdrawal.ts",
    find: 'wayOf(found.shipping) === "none" ? found.bought_on : found.delivered_on',
    replace: "found.bought_on",
    noticedBy: [lists],
    test: "the days to withdraw",
  },
  {
    guarantee: "whoever waits for their goods is not erased",
    file: "src/queries/customers/erase-refusal.ts",
    find: '  if (found?.has_orders) return "customer_has_orders";\n',
    replace: "",
    noticedBy: [lists],
    test: "whoever still waits",
  },
  {
    guarantee: "a refund of an order is none of a booking's",
    file: "src/queries/metrics/money-figures.ts",
    find: " and k.kind is distinct from 'order'",
    replace: "",
    noticedBy: ["tests/http/shop-orders/money-lists.test.ts"],
  },
  {
    guarantee: "a sale stands in the history behind what it waited for",
    file: "db/functions/shop/take_paid_stock.sql",
    find: "    clock_timestamp()\n",
    replace: "    now()\n",
    noticedBy: ["tests/engine/shop-orders/history.test.ts"],
  },
  {
    guarantee: "whoever packs an order reads the merchant's words, whatever the customer read",
    file: "src/commands/carts/check-out.ts",
    find: "snapshot: { asked, merchant: ready.merchantWords }",
    replace: "snapshot: { asked, merchant: { titles: {}, shipping: null } }",
    noticedBy: ["tests/engine/shop/told.test.ts"],
    test: "a customer of another language",
  },
  {
    guarantee: "pieces that were refunded before they were sent are never sent",
    file: "src/domain/shop/order-steps.ts",
    find: "quantity - sent - dropped",
    replace: "quantity - sent",
    noticedBy: [steps],
  },
  {
    guarantee: "what was put back in stock is not put back again",
    file: "src/domain/shop/order-steps.ts",
    find: '(orderStatus === "cancelled" ? quantity : refunded) - stockBack',
    replace: '(orderStatus === "cancelled" ? quantity : refunded)',
    noticedBy: [steps],
  },
  {
    guarantee: "a delivered order whose money goes back can end",
    file: "src/domain/shop/order-steps.ts",
    find: 'delivered: ["undo", "refund", "stock_back"]',
    replace: 'delivered: ["undo", "stock_back"]',
    noticedBy: [steps],
  },
  {
    guarantee: "of two who refund at once, one is told",
    file: "src/commands/order-desk/refund-order.ts",
    find: '    if (input.seenLeftMinor !== leftMinor) throw new Refusal("changed_meanwhile");\n',
    replace: "",
    noticedBy: [refunds],
    test: "of two who refund at once",
  },
  {
    guarantee: "an order of which nothing is left is cancelled",
    file: "src/commands/order-desk/refund-order.ts",
    find: "if (leftMinor === 0) return true;",
    replace: "if (leftMinor < 0) return true;",
    noticedBy: [refunds],
    test: "what is on its way is not cancelled",
  },
  {
    guarantee: "whoever decides by an old page is told",
    file: "src/commands/order-desk/lock-order.ts",
    find: "version !== undefined && version !== order.version",
    replace: "version !== undefined && version > order.version",
    noticedBy: [desk],
    test: "a mistyped number",
  },
];
