import type { Breakage } from "../breakage.ts";

const products = ["tests/http/shop-desk/products.test.ts"] as const;
const stock = ["tests/http/shop-desk/stock.test.ts"] as const;
const discounts = ["tests/http/shop-desk/discounts.test.ts"] as const;
const shop = ["tests/http/shop-desk/shop.test.ts"] as const;
const files = ["tests/http/shop-desk/import.test.ts"] as const;

/** What a merchant sets up for a shop holds, and its stock adds up. */
export const shopDesk: readonly Breakage[] = [
  {
    guarantee: "the refusal of an SKU says that it is in the archive",
    file: "src/commands/products/require-free-skus.ts",
    find: 'found.every(({ deleted_at }) => deleted_at !== null) ? "sku_archived" : "sku_taken"',
    replace: '"sku_taken"',
    noticedBy: products,
  },
  {
    guarantee: "an SKU belongs to one product",
    file: "src/commands/products/require-free-skus.ts",
    find: "if (errors.length === 0) return;",
    replace: "if (errors.length >= 0) return;",
    noticedBy: products,
  },
  {
    guarantee: "two variants change their SKUs for each other's",
    file: "src/commands/products/write-variants.ts",
    find: "await freeSkus(tx, { tenantId, kept });",
    replace: "",
    noticedBy: products,
  },
  {
    guarantee: "of two people who edit a product, the second is told",
    file: "src/http/merchant/shop/products.ts",
    find: "changes, seenVersion }",
    replace: "changes }",
    noticedBy: products,
  },
  {
    guarantee: "pieces of a variant that is there are not written with its product",
    file: "src/commands/products/write-variants.ts",
    find: "if (at === -1) return;",
    replace: "if (at > -2) return;",
    noticedBy: products,
  },
  {
    guarantee: "of what is digital nothing runs out",
    file: "src/commands/products/write-variants.ts",
    find: "isDigital ? null : one.onHand",
    replace: "one.onHand",
    noticedBy: products,
  },
  {
    guarantee: "a variant that is not named any more is archived",
    file: "src/commands/products/write-variants.ts",
    find: "await archiveOthers(tx,",
    replace: "if (kept.length > 99) await archiveOthers(tx,",
    noticedBy: products,
  },
  {
    guarantee: "what is at its mark, and what is gone, is on the list of what to buy",
    file: "src/queries/shop-desk/products.ts",
    find: "v.on_hand <= coalesce(v.low_stock_at, 0)",
    replace: "v.on_hand < coalesce(v.low_stock_at, 0)",
    noticedBy: products,
  },
  {
    guarantee: "the first pieces begin the history of the stock",
    file: "src/commands/products/insert-variants.ts",
    find: "where on_hand > 0",
    replace: "where on_hand > 1000000",
    noticedBy: stock,
  },
  {
    guarantee: "who counted something else than what was there is told",
    file: "src/commands/products/change-stock-by-hand.ts",
    find: 'if (request.seenOnHand !== undefined && request.seenOnHand !== onHand) throw new Refusal("stock_changed");',
    replace: "",
    noticedBy: stock,
  },
  {
    guarantee: "of many who change the stock at once, none loses what another wrote",
    file: "src/commands/products/change-stock-by-hand.ts",
    find: ".forNoKeyUpdate()",
    replace: "",
    noticedBy: stock,
  },
  {
    guarantee: "nothing is taken by hand from customers who are paying",
    file: "src/commands/claims/change-stock.ts",
    find: 'throw new Refusal("stock_reserved");',
    replace: ";",
    noticedBy: stock,
  },
  {
    guarantee: "the history of the stock stands in the order of its changes",
    file: "src/commands/claims/change-stock.ts",
    find: "created_at: sql`clock_timestamp()`,",
    replace: "",
    noticedBy: stock,
  },
  {
    guarantee: "a code takes off a percentage or a sum, never both",
    file: "src/commands/discounts/discount-columns.ts",
    find: 'typeof given.percent === "number" ? null : given.amountMinor',
    replace: "given.amountMinor",
    noticedBy: discounts,
  },
  {
    guarantee: "a code is not limited under what was used of it",
    file: "src/commands/discounts/discount-columns.ts",
    find: "uses_max < used",
    replace: "uses_max < 0",
    noticedBy: discounts,
  },
  {
    guarantee: "a code counts for the merchant's own products",
    file: "src/commands/discounts/discount-columns.ts",
    find: 'if (found.length < wanted.length) throw new Refusal("product_unknown");',
    replace: "",
    noticedBy: discounts,
  },
  {
    guarantee: "the last day of a code is a whole day where the merchant is",
    file: "src/commands/discounts/discount-columns.ts",
    find: 'momentOf(tx, given.endsAt, "end")',
    replace: 'momentOf(tx, given.endsAt, "start")',
    noticedBy: discounts,
  },
  {
    guarantee: "two living codes are never called the same",
    file: "src/commands/discounts/require-free-code.ts",
    find: 'if (other) throw new Refusal("discount_taken"',
    replace: 'if (other && !code) throw new Refusal("discount_taken"',
    noticedBy: discounts,
  },
  {
    guarantee: "an open shop says who sells, where, and how goods go back",
    file: "src/commands/shops/update-shop.ts",
    find: "if (after.is_open) requireComplete(after);",
    replace: "",
    noticedBy: shop,
  },
  {
    guarantee: "goods are picked up at the merchant's own living location",
    file: "src/commands/shipping-options/option-columns.ts",
    find: "await requireLocation(tx, tenantId, given.locationId);",
    replace: "",
    noticedBy: shop,
  },
  {
    guarantee: "a way of delivery by weight keeps a step",
    file: "src/commands/shipping-options/option-columns.ts",
    find: 'if (kind === "by_weight" && weightSteps.length === 0)',
    replace: 'if (kind === "by_weight" && weightSteps.length > 99)',
    noticedBy: shop,
  },
  {
    guarantee: "with a wrong line nothing of a file is written",
    file: "src/commands/products-import/import-products.ts",
    find: "isTrial || wrong.length > 0 ||",
    replace: "isTrial ||",
    noticedBy: files,
  },
  {
    guarantee: "an import leaves a product that is there as it is",
    file: "src/commands/products-import/import-products.ts",
    find: 'known.has(product.title.toLowerCase()) ? "known" : "new"',
    replace: '"new"',
    noticedBy: files,
  },
];
