import { z } from "zod";
import { discount, discountPatch, discounts, newDiscount } from "#contracts/shop-desk/discounts.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { discountExample } from "./examples.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The discount's id." }, "discount_unknown");
const read = { ...merchantRead, permission: "products.read" } as const;
const change = { ...merchantChange, permission: "products.change" } as const;
const refusals = ["discount_taken", "product_unknown"] as const;

/** Codes that take something off. */
export const discountOperations = [
  {
    ...read,
    id: "listDiscounts",
    path: "/api/discounts",
    summary: "All discount codes, newest first, archived ones last",
    answer: json(200, discounts, "With how often each was used.", { discounts: [discountExample] }),
  },
  {
    ...change,
    id: "createDiscount",
    methods: ["post"],
    path: "/api/discounts",
    summary: "A new discount code: a percentage or a sum",
    takesKey: "beside_proof",
    body: newDiscount,
    bodyExamples: {
      percent: { code: "BIENVENIDA10", percent: 10, usesPerCustomerMax: 1 },
      sum: { code: "REGALO", amountMinor: 1_500_000, minimumMinor: 8_000_000, endsAt: "2026-12-31" },
    },
    answer: json(201, discount, "A day begins and ends where the merchant is.", discountExample),
    refusals: [...refusals, "id_taken", "limit_reached"],
  },
  {
    ...read,
    id: "getDiscount",
    path: "/api/discounts/{id}",
    summary: "One discount code, an archived one too",
    params,
    answer: json(200, discount, "The code.", discountExample),
  },
  {
    ...change,
    id: "updateDiscount",
    methods: ["patch"],
    path: "/api/discounts/{id}",
    summary: "Change a discount code; what is left out stays",
    params,
    body: discountPatch,
    bodyExamples: { off: { version: 1, isActive: false } },
    answer: json(200, discount, "The code as it is now. Customers who are paying keep what they were shown.", discountExample),
    refusals: [...refusals, "changed_meanwhile"],
  },
  {
    ...change,
    id: "archiveDiscount",
    methods: ["delete"],
    path: "/api/discounts/{id}",
    summary: "Archive a discount code",
    params,
    answer: { status: 204, description: "It counts no more, and its orders keep it. Another may be called so." },
  },
  {
    ...change,
    id: "restoreDiscount",
    methods: ["post"],
    path: "/api/discounts/{id}/restore",
    summary: "Take a discount code out of the archive",
    params,
    answer: json(200, discount, "It counts again, as often as was left.", discountExample),
    refusals: ["discount_taken"],
  },
] as const satisfies readonly Operation[];
