import { z } from "zod";
import { productsCsvLengthMax, productsImportRowsMax, productsPerPageMax, stockChangesPerPageMax } from "#contracts/shop-desk/limits.ts";
import { newProduct, product, productFilters, productPatch, productsPage, productsQuery, rowOrder } from "#contracts/shop-desk/products.ts";
import { productsImport, productsImportAnswer } from "#contracts/shop-desk/products-import.ts";
import { stockChangeRequest, stockHistory, stockQuery } from "#contracts/shop-desk/stock.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { productExample, productId, productsImportExample, stockChangeExample } from "./examples.ts";

const ofProduct = described(z.object({ id: z.uuid() }), { id: "The product's id." }, "product_unknown");
const ofVariant = described(z.object({ id: z.uuid() }), { id: "The variant's id." }, "variant_unknown");
const read = { ...merchantRead, permission: "products.read" } as const;
const change = { ...merchantChange, permission: "products.change" } as const;
const filterWords = {
  search: "Words of the title, the category, a variant or an SKU, without regard to accents and order.",
  category: "Exactly as it is written.",
  stock: "`low`: a variant is at its mark or nothing is left of it. `out`: nothing is left of a variant.",
  state: "`current`, or `archived`.",
};
const request = {
  title: "Banda elástica de resistencia",
  category: "Rehabilitación",
  taxPercent: 19,
  variants: [
    { title: "Suave", sku: "BAN-S", priceMinor: 3_200_000, weightGrams: 120, onHand: 24, lowStockAt: 5 },
    { title: "Fuerte", sku: "BAN-F", priceMinor: 3_600_000, weightGrams: 160, onHand: 12, lowStockAt: 5 },
  ],
};

/** What a shop sells. */
export const productOperations = [
  {
    ...read,
    id: "listProducts",
    path: "/api/products",
    summary: "Products with their variants and stock, in the customers' order",
    query: described(productsQuery, {
      ...filterWords,
      cursor: "`next` of the page before, with the same filters.",
      limit: `Products on a page, at most ${productsPerPageMax}; 50 by default.`,
    }),
    answer: json(200, productsPage, "`stock=low` is the list of what should be bought.", {
      products: [productExample],
      categories: ["Rehabilitación"],
      next: null,
    }),
    refusals: ["product_unknown"],
  },
  {
    ...read,
    id: "exportProducts",
    path: "/api/products.csv",
    summary: "Products as a file for spreadsheets, a line for each variant",
    query: described(productFilters, filterWords),
    answer: {
      status: 200,
      contentType: "text/csv",
      description:
        "UTF-8, comma, all that the filters leave. `POST /api/products/import` reads it. A text that begins like a formula has an apostrophe in front.",
    },
  },
  {
    ...change,
    id: "createProduct",
    methods: ["post"],
    path: "/api/products",
    summary: "A new product with its variants, behind the others",
    takesKey: "beside_proof",
    body: newProduct,
    bodyExamples: { variants: request },
    answer: json(201, product, "What there is of each variant begins the history of its stock. Left out, there is none.", productExample),
    refusals: ["id_taken", "sku_taken", "sku_archived", "limit_reached"],
  },
  {
    ...change,
    id: "importProducts",
    methods: ["post"],
    path: "/api/products/import",
    summary: "Add products from a CSV",
    body: productsImport,
    bodyBytesMax: productsCsvLengthMax + 100_000,
    bodyExamples: { trial: { csv: "product,variant,sku,price,stock\nBanda elástica,Suave,BAN-S,32000,24\n", isTrial: true } },
    answer: json(
      200,
      productsImportAnswer,
      `What the lines mean, and what is wrong. If anything is, nothing is added. Lines of one title are the variants of one product. A title that is there already stays as it is. At most ${productsImportRowsMax} lines. Columns may be named in English, Spanish, French or Portuguese. An empty stock is 0; \`unlimited\` cannot run out.`,
      productsImportExample,
    ),
    refusals: ["limit_reached"],
  },
  {
    ...change,
    id: "orderProducts",
    methods: ["put"],
    path: "/api/products/order",
    summary: "Put products in order",
    body: rowOrder,
    bodyExamples: { order: { ids: [productId] } },
    answer: { status: 204, description: "The named ones stand first, in this order. Versions do not change." },
    refusals: ["product_unknown"],
  },
  {
    ...read,
    id: "getProduct",
    path: "/api/products/{id}",
    summary: "One product, an archived one too",
    params: ofProduct,
    answer: json(200, product, "The product, with the variants that are not archived.", productExample),
  },
  {
    ...change,
    id: "updateProduct",
    methods: ["patch"],
    path: "/api/products/{id}",
    summary: "Change a product and its variants; what is left out stays",
    params: ofProduct,
    body: productPatch,
    bodyExamples: { title: { version: 1, title: "Banda elástica" } },
    answer: json(
      200,
      product,
      "The product as it is now. `variants` names all of them: one without a known id is new, one that is not named is archived, and one from the archive comes back. `onHand` of one that is there may only be null, which makes it endless. Customers who are paying keep the price that they were shown.",
      productExample,
    ),
    refusals: ["changed_meanwhile", "sku_taken", "sku_archived", "id_taken"],
  },
  {
    ...change,
    id: "archiveProduct",
    methods: ["delete"],
    path: "/api/products/{id}",
    summary: "Archive a product",
    params: ofProduct,
    answer: { status: 204, description: "Nobody can buy it any more. Its orders stay, and it can be restored." },
  },
  {
    ...change,
    id: "restoreProduct",
    methods: ["post"],
    path: "/api/products/{id}/restore",
    summary: "Take a product out of the archive",
    params: ofProduct,
    answer: json(200, product, "It stands where it stood.", productExample),
  },
  {
    ...read,
    id: "getStockHistory",
    path: "/api/variants/{id}/stock",
    summary: "Every change of a variant's stock with its reason, newest first",
    params: ofVariant,
    query: described(stockQuery, {
      cursor: "`nextCursor` of the page before.",
      limit: `Changes on a page, at most ${stockChangesPerPageMax}; 50 by default.`,
    }),
    answer: json(200, stockHistory, "What there is, is the sum of them.", { changes: [stockChangeExample], nextCursor: null }),
  },
  {
    ...change,
    id: "changeStock",
    methods: ["post"],
    path: "/api/variants/{id}/stock",
    summary: "Say that pieces came or went, or how many were counted",
    takesKey: "beside_proof",
    params: ofVariant,
    body: stockChangeRequest,
    bodyExamples: {
      received: { change: 24, reason: "received", note: "Pedido 118 del proveedor" },
      counted: { countedTo: 19, seenOnHand: 21, reason: "counted" },
    },
    answer: json(200, product, "The variant's product as it is now.", productExample),
    refusals: ["stock_reserved", "stock_changed"],
  },
] as const satisfies readonly Operation[];
