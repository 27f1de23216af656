import type { Breakage } from "../breakage.ts";

const late = "tests/races/shop/late.test.ts";
const stockRace = "tests/races/shop/stock.test.ts";
const orders = "tests/engine/shop/orders.test.ts";
const takePaid = "db/functions/shop/take_paid_stock.sql";

/** Stock is never sold twice, an order exists only when it is paid, and a code is used as often as it may be. */
export const shopStock: Breakage[] = [
  {
    guarantee: "buyers of the last pieces are counted one after the other",
    file: "db/functions/shop/take_stock.sql",
    find: "  order by v.id for no key update;",
    replace: "  order by v.id;",
    noticedBy: [stockRace],
    test: "of 50 pieces",
  },
  {
    guarantee: "carts of many lines lock their variants in one order",
    file: "db/functions/shop/take_stock.sql",
    find: "  order by v.id for no key update;",
    replace: "  order by random() for no key update;",
    noticedBy: [stockRace],
    test: "carts of many lines",
  },
  {
    guarantee: "the uses of a code are counted one after the other",
    file: "db/functions/shop/take_stock.sql",
    find: "d.id = p_discount for no key update;",
    replace: "d.id = p_discount;",
    noticedBy: [stockRace],
    test: "a code for 10 uses",
  },
  {
    guarantee: "a claim that lapsed while its payment waited for a lock is no claim",
    file: takePaid,
    find: "      c.state = 'paying' and c.expires_at > clock_timestamp() as is_living,\n      coalesce(\n        v.on_hand",
    replace: "      c.state = 'paying' and c.expires_at > now() as is_living,\n      coalesce(\n        v.on_hand",
    noticedBy: [late],
    test: "a claim that lapses while its payment waits",
  },
  {
    guarantee: "late money gets nothing that others have",
    file: "db/functions/shop/keep_stock.sql",
    find: "  if exists (select from missing_stock(p_tenant, p_checkout, lines))\n    or",
    replace: "  if",
    noticedBy: [late, orders],
    test: "the last piece",
  },
  {
    guarantee: "late money finds a use of its code, or goes back",
    file: "db/functions/shop/keep_stock.sql",
    find: "\n    or is_discount_used_up(p_tenant, use.discount_id, use.customer, p_checkout) then",
    replace: " then",
    noticedBy: [orders],
    test: "late money must find a use",
  },
  {
    guarantee: "a lapsed claim keeps nothing from anybody",
    file: "db/functions/shop/living_stock.sql",
    find: "(c.expires_at > clock_timestamp() or approval_waits(c.tenant_id, c.checkout_id))",
    replace: "true",
    noticedBy: [orders],
    test: "an unpaid order session expires",
  },
  {
    guarantee: "a stored approval keeps its stock until it is settled",
    file: "db/functions/shop/living_stock.sql",
    find: "(c.expires_at > clock_timestamp() or approval_waits(c.tenant_id, c.checkout_id))",
    replace: "c.expires_at > clock_timestamp()",
    noticedBy: ["tests/engine/shop/silence.test.ts"],
  },
  {
    guarantee: "who wants what a paying claim keeps has its provider asked",
    file: "src/commands/claims/take-stock.ts",
    find: "    if (error instanceof StockTaken) await askAboutStock(error.wanted);\n",
    replace: "",
    noticedBy: ["tests/engine/shop/silence.test.ts"],
  },
  {
    guarantee: "what is sold leaves the stock",
    file: takePaid,
    find: "set on_hand = v.on_hand - summed.pieces",
    replace: "set on_hand = v.on_hand",
    noticedBy: [orders],
  },
  {
    guarantee: "a use of a code counts for good once it is paid",
    file: takePaid,
    find: "set used = d.used + counted.uses",
    replace: "set used = d.used",
    noticedBy: [orders],
    test: "a code counts its uses",
  },
  {
    guarantee: "the merchant hears once that little is left",
    file: takePaid,
    find: "where on_hand <= low_stock_at and on_hand + pieces > low_stock_at",
    replace: "where on_hand <= low_stock_at",
    noticedBy: [orders],
    test: "a sale that brings a variant to its mark",
  },
  {
    guarantee: "nobody counts away what somebody is paying for",
    file: "src/commands/claims/change-stock.ts",
    find: '  if (after < (rows[0]?.kept ?? 0)) throw new Refusal("stock_reserved");',
    replace: '  if (after < 0) throw new Refusal("stock_reserved");',
    noticedBy: [orders],
    test: "nobody counts away",
  },
  {
    guarantee: "one customer uses a code as often as they may",
    file: "db/functions/shop/take_stock.sql",
    find: "is_discount_used_up(p_tenant, p_discount, p_customer, p_checkout)",
    replace: "is_discount_used_up(p_tenant, p_discount, '', p_checkout)",
    noticedBy: [stockRace, orders],
    test: "a code",
  },
  {
    guarantee: "a merchant's clean-up leaves other merchants' sessions alone",
    file: "src/http/shop/admin.ts",
    find: '  return "tenantId" in caller ? caller.tenantId : null;',
    replace: "  return caller === null ? '' : null;",
    noticedBy: ["tests/http/order-sessions-admin.test.ts"],
  },
];
