import { z } from "zod";
import { rowOrder } from "#contracts/shop-desk/products.ts";
import { shopAnswer, shopPatch, shopSettings } from "#contracts/shop-desk/settings.ts";
import { newShippingOption, shippingOption, shippingOptions, shippingPatch } from "#contracts/shop-desk/shipping.ts";
import { described, json, merchantChange, merchantRead, type Operation } from "../operation.ts";
import { shippingExample, shopExample } from "./examples.ts";

const params = described(z.object({ id: z.uuid() }), { id: "The id of the way of delivery." }, "shipping_unknown");
const read = { ...merchantRead, permission: "products.read" } as const;
const change = { ...merchantChange, permission: "products.change" } as const;

/** The shop itself, and how its goods get to the customers. */
export const shopOperations = [
  {
    ...read,
    id: "getShop",
    path: "/api/shop",
    summary: "The shop's settings, if the merchant has one",
    answer: json(200, shopAnswer, "`version` goes back with a change.", { shop: shopExample }),
  },
  {
    ...change,
    id: "openShop",
    methods: ["post"],
    path: "/api/shop",
    summary: "Begin a shop. It is closed until `isOpen` is set",
    answer: json(200, shopSettings, "Who has one already gets it as it is.", { ...shopExample, isOpen: false, version: 1 }),
  },
  {
    ...change,
    id: "updateShop",
    methods: ["patch"],
    path: "/api/shop",
    summary: "Open or close the shop, or change what customers must know before they pay",
    body: shopPatch,
    bodyExamples: { open: { version: 2, isOpen: true } },
    answer: json(200, shopSettings, "The settings as they are now.", shopExample),
    refusals: ["shop_missing", "shop_incomplete", "changed_meanwhile"],
  },
  {
    ...read,
    id: "listShippingOptions",
    path: "/api/shipping-options",
    summary: "All ways of delivery in the customers' order, archived ones last",
    answer: json(200, shippingOptions, "A pick-up at an archived location has no `locationName`.", { options: [shippingExample] }),
  },
  {
    ...change,
    id: "createShippingOption",
    methods: ["post"],
    path: "/api/shipping-options",
    summary: "A new way of delivery: at one price, by weight, or to be picked up",
    takesKey: "beside_proof",
    body: newShippingOption,
    bodyExamples: {
      flat: { kind: "flat", name: "Domicilio en Bogotá", priceMinor: 900_000, daysMin: 1, daysMax: 2 },
      weight: { kind: "by_weight", name: "Envío nacional", weightSteps: shippingExample.weightSteps, daysMin: 2, daysMax: 5 },
      pickup: { kind: "pickup", name: "Recoger en la clínica", locationId: "01900000-0000-7000-8000-000000000031" },
    },
    answer: json(201, shippingOption, "It stands behind the others.", shippingExample),
    refusals: ["location_unknown", "id_taken", "limit_reached"],
  },
  {
    ...change,
    id: "orderShippingOptions",
    methods: ["put"],
    path: "/api/shipping-options/order",
    summary: "Put ways of delivery in order",
    body: rowOrder,
    bodyExamples: { order: { ids: [shippingExample.id] } },
    answer: { status: 204, description: "The named ones stand first, in this order. Versions do not change." },
    refusals: ["shipping_unknown"],
  },
  {
    ...change,
    id: "updateShippingOption",
    methods: ["patch"],
    path: "/api/shipping-options/{id}",
    summary: "Change a way of delivery; what is left out stays, and so does its kind",
    params,
    body: shippingPatch,
    bodyExamples: { free: { version: 1, freeFromMinor: 15_000_000 } },
    answer: json(200, shippingOption, "As it is now. Customers who are paying keep what they chose.", shippingExample),
    refusals: ["location_unknown", "changed_meanwhile"],
  },
  {
    ...change,
    id: "archiveShippingOption",
    methods: ["delete"],
    path: "/api/shipping-options/{id}",
    summary: "Archive a way of delivery",
    params,
    answer: { status: 204, description: "Nobody is offered it any more. Its orders stay, and it can be restored." },
  },
  {
    ...change,
    id: "restoreShippingOption",
    methods: ["post"],
    path: "/api/shipping-options/{id}/restore",
    summary: "Take a way of delivery out of the archive",
    params,
    answer: json(200, shippingOption, "It stands where it stood.", shippingExample),
  },
] as const satisfies readonly Operation[];
